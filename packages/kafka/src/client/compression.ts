/// <reference path="./kafkajs-snappy.d.ts" />
import { promisify } from 'node:util';
import { gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import snappy from 'kafkajs-snappy';
import { unpackLz4Frame } from './lz4-frame.ts';
import { assertUnpackable } from './snappy-size.ts';

/** How a producer packs its batches. What others pack with LZ4 is read as well. */
export type Compression = 'none' | 'gzip' | 'snappy' | 'zstd';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/**
 * What the records of one batch may come to. A topic's max.message.bytes is about packed bytes: two megabytes of zeros
 * unpack to gigabytes.
 */
const maxUnpackedBytes = 16 * 1024 * 1024;

type Codec = {
  readonly compress: (encoder: { readonly buffer: Buffer }) => Promise<Buffer>;
  readonly decompress: (bytes: Buffer) => Promise<Buffer>;
};

const bound = { maxOutputLength: maxUnpackedBytes };

const gzipCodec: Codec = {
  compress: ({ buffer }) => promisify(gzip)(buffer),
  decompress: (bytes) => promisify(gunzip)(bytes, bound),
};

const zstdCodec: Codec = {
  compress: ({ buffer }) => promisify(zstdCompress)(buffer),
  decompress: (bytes) => promisify(zstdDecompress)(bytes, bound),
};

const snappyCodec: Codec = {
  compress: snappy().compress,
  decompress: async (bytes) => {
    assertUnpackable(bytes, maxUnpackedBytes);
    return snappy().decompress(bytes);
  },
};

const lz4Codec: Codec = {
  compress: () => Promise.reject(new Error('nothing here writes LZ4')),
  decompress: async (bytes) => unpackLz4Frame(bytes, maxUnpackedBytes),
};

/** Lets every consumer of the process read whatever a cluster may hold, each batch within bounds. Idempotent. */
export const registerCodecs = (): void => {
  CompressionCodecs[CompressionTypes.GZIP] = () => gzipCodec;
  CompressionCodecs[CompressionTypes.Snappy] = () => snappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;
};

const types: Readonly<Record<Compression, number>> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  zstd: CompressionTypes.ZSTD,
};

/** kafkajs's number of a compression. */
export const compressionType = (compression: Compression): number => types[compression];
