// SSH's wire format (RFC 4251, section 5): bytes to fields and fields to bytes, never past the end, never throwing.

interface FieldValues {
  byte: number;
  uint32: number;
  string: Buffer;
  /** A number without a sign: its bytes, most significant first, without leading zeros. */
  mpint: Buffer;
}

type FieldKind = keyof FieldValues;

type Values<Layout extends readonly FieldKind[]> = {
  -readonly [Index in keyof Layout]: FieldValues[Layout[Index]];
};

interface Read {
  value: number | Buffer;
  /** Where the next field begins. */
  next: number;
}

function readBytes(bytes: Buffer, at: number): { value: Buffer; next: number } | undefined {
  if (at + 4 > bytes.length) return undefined;
  const next = at + 4 + bytes.readUInt32BE(at);
  return next > bytes.length ? undefined : { value: bytes.subarray(at + 4, next), next };
}

// Leading zeros are more than the format allows, but some agents write them and ssh-keygen reads them.
function readMagnitude(bytes: Buffer, at: number): Read | undefined {
  const read = readBytes(bytes, at);
  if (!read || ((read.value[0] ?? 0) & 0x80) !== 0) return undefined;
  let start = 0;
  while (read.value[start] === 0) start += 1;
  return { value: read.value.subarray(start), next: read.next };
}

function readField(bytes: Buffer, at: number, kind: FieldKind): Read | undefined {
  switch (kind) {
    case 'byte':
      return at + 1 > bytes.length ? undefined : { value: bytes.readUInt8(at), next: at + 1 };
    case 'uint32':
      return at + 4 > bytes.length ? undefined : { value: bytes.readUInt32BE(at), next: at + 4 };
    case 'string':
      return readBytes(bytes, at);
    case 'mpint':
      return readMagnitude(bytes, at);
  }
}

/** The fields of a message that holds these kinds of field and nothing after them; undefined where it does not. */
export function readFields<const Layout extends readonly FieldKind[]>(
  bytes: Buffer,
  layout: Layout,
): Values<Layout> | undefined {
  const values: (number | Buffer)[] = [];
  let at = 0;
  for (const kind of layout) {
    const read = readField(bytes, at, kind);
    if (!read) return undefined;
    values.push(read.value);
    at = read.next;
  }
  return at === bytes.length ? (values as Values<Layout>) : undefined;
}

/** The string that a message begins with, which names its type and so its layout. */
export function readName(bytes: Buffer): string | undefined {
  return readBytes(bytes, 0)?.value.toString('latin1');
}

/** A string as a field: its length, and its bytes. */
export function stringField(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The bytes of base64 text; undefined for every text but the one that these bytes are written as. */
export function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined;
}
