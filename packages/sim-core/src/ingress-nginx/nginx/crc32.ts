const TABLE: readonly number[] = Object.freeze(
  Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  }),
);

/** CRC-32 as nginx computes it (ngx_crc32_long), of characters that stand for bytes. */
export function crc32(text: string): number {
  return finishCrc(updateCrc(0xffffffff, text));
}

/** Goes on with a checksum that was not finished. */
export function updateCrc(crc: number, text: string): number {
  let value = crc;
  for (let i = 0; i < text.length; i++) value = (TABLE[(value ^ text.charCodeAt(i)) & 0xff] as number) ^ (value >>> 8);
  return value;
}

export function finishCrc(crc: number): number {
  return (crc ^ 0xffffffff) >>> 0;
}
