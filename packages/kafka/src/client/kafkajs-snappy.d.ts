declare module 'kafkajs-snappy' {
  const codec: () => {
    readonly compress: (encoder: { readonly buffer: Buffer }) => Promise<Buffer>;
    readonly decompress: (bytes: Buffer) => Promise<Buffer>;
  };
  export = codec;
}
