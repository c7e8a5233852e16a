/// <reference path="./kafkajs-snappy.d.ts" />
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import snappy from 'kafkajs-snappy';

/**
 * How a producer packs its batches. LZ4 is not offered: none of the packages for it is kept well, and kafkajs stops a
 * consumer at a codec it does not know, so topics must not be written with it by others either.
 */
export type Compression = 'none' | 'gzip' | 'snappy' | 'zstd';

const { CompressionCodecs, CompressionTypes } = kafkajs;

const zstd = {
  compress: (encoder: { readonly buffer: Buffer }) => promisify(zstdCompress)(encoder.buffer),
  decompress: (bytes: Buffer) => promisify(zstdDecompress)(bytes),
};

/** Lets every producer and consumer of the process read and write Snappy and Zstandard. Idempotent. */
export const registerCodecs = (): void => {
  CompressionCodecs[CompressionTypes.Snappy] = snappy;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstd;
};

const types: Readonly<Record<Compression, number>> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  zstd: CompressionTypes.ZSTD,
};

/** kafkajs's number of a compression. */
export const compressionType = (compression: Compression): number => types[compression];
