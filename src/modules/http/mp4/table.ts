import { makeAtom, type Problem } from './atoms.ts';

/** An atom that holds a table: fields of its own, whose last is the number of rows, then rows of equal width. */
export class Table {
  private constructor(
    readonly name: string,
    private readonly fields: Buffer,
    private readonly width: number,
    private rows: Buffer,
  ) {}

  /** Reads one out of an atom's data. */
  static read(name: string, data: Buffer, file: string, fieldsSize: number, width: number): Table | Problem {
    const tooSmall = { problem: `"${file}" mp4 ${name} atom too small` };
    if (data.length < fieldsSize) return tooSmall;
    const end = fieldsSize + data.readUInt32BE(fieldsSize - 4) * width;
    return data.length < end ? tooSmall : new Table(name, data.subarray(0, fieldsSize), width, data.subarray(fieldsSize, end));
  }

  get count(): number {
    return this.rows.length / this.width;
  }

  /** A field of four bytes. */
  get(row: number, column = 0): number {
    return this.rows.readUInt32BE(row * this.width + column * 4);
  }

  set(row: number, value: number, column = 0): void {
    this.rows.writeUInt32BE(value >>> 0, row * this.width + column * 4);
  }

  /** As `get` and `set`, for rows of eight bytes. */
  getLong(row: number): number {
    return Number(this.rows.readBigUInt64BE(row * 8));
  }

  setLong(row: number, value: number): void {
    this.rows.writeBigUInt64BE(BigInt(value), row * 8);
  }

  /** Forgets rows before `first`, and those from `end` on. */
  cut(first: number, end: number = this.count): void {
    this.rows = this.rows.subarray(first * this.width, end * this.width);
  }

  /** The atom again, with other rows around its own. */
  write(before: readonly Buffer[] = [], after: readonly Buffer[] = []): Buffer {
    const rows = Buffer.concat([...before, this.rows, ...after]);
    const fields = Buffer.from(this.fields);
    fields.writeUInt32BE(rows.length / this.width, fields.length - 4);
    return makeAtom(this.name, fields, rows);
  }
}
