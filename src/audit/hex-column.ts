const HEX = /^[0-9a-f]*$/;

/** Ids of one length as bytes: a tenth of the memory that strings take. */
export class HexColumn {
  readonly #width: number;
  #bytes = Buffer.alloc(0);
  /** What is no id of this length in lower-case hexadecimal digits. */
  readonly #others = new Map<number, string>();

  /** @param width bytes of one id */
  constructor(width: number) {
    this.#width = width;
  }

  /** Rows are set in order; all zeros and `undefined` are the same. */
  set(row: number, id: string | undefined): void {
    const at = row * this.#width;
    if (at + this.#width > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, (row + 1) * this.#width, 4_096));
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    if (id === undefined) return;
    if (id.length === this.#width * 2 && HEX.test(id)) this.#bytes.write(id, at, 'hex');
    else this.#others.set(row, id);
  }

  get(row: number): string | undefined {
    const other = this.#others.get(row);
    if (other !== undefined) return other;
    const at = row * this.#width;
    const hex = this.#bytes.toString('hex', at, at + this.#width);
    return /[1-9a-f]/.test(hex) ? hex : undefined;
  }
}
