import { scaledDecimal } from './decimal-like';

/** Rows that are made one by one, so that a frame of millions is not copied to keep its first thousand. */
export interface Rows {
  readonly length: number;
  at(index: number): Record<string, unknown>;
}

/** Values in order, read one by one. */
export interface Column {
  readonly length: number;
  at(index: number): unknown;
}

/**
 * The records of a data frame of nodejs-polars, danfojs or Apache Arrow (Table or RecordBatch), told by its shape.
 *
 * @param most rows after these will not be asked for
 */
export function rowsOf(value: object, most: number): Rows | undefined {
  return polarsRows(value, most) ?? danfoRows(value) ?? arrowRows(value);
}

/** The values of a nodejs-polars or danfojs Series, or of an Arrow Vector. */
export function columnOf(value: object, most: number): Column | undefined {
  return polarsSeries(value, most) ?? danfoSeries(value) ?? arrowVector(value);
}

const rowsFrom = (columns: ReadonlyMap<string, Column>, length: number): Rows => ({
  length,
  // Object.fromEntries defines properties, so a column called `__proto__` stays a column.
  at: (index) => Object.fromEntries([...columns].map(([name, column]) => [name, column.at(index)])),
});

const listColumn = (values: readonly unknown[], length = values.length): Column => ({
  length,
  at: (index) => values[index],
});

const tagOf = (value: object): unknown => Reflect.get(value, Symbol.toStringTag);

/** A polars frame is a proxy: its own keys are its columns, and each gives a Series whatever it is called. */
function polarsRows(frame: object, most: number): Rows | undefined {
  if (tagOf(frame) !== 'DataFrame') return undefined;
  const columns = new Map<string, Column>();
  for (const name of Reflect.ownKeys(frame)) {
    if (typeof name !== 'string') return undefined;
    const series: unknown = Reflect.get(frame, name);
    const column = typeof series === 'object' && series !== null ? polarsSeries(series, most) : undefined;
    if (column === undefined) return undefined;
    columns.set(name, column);
  }
  return rowsFrom(columns, Math.max(0, ...[...columns.values()].map((column) => column.length)));
}

/** A polars Series has a function where others have the text of their tag. */
function polarsSeries(series: object, most: number): Column | undefined {
  const tag = tagOf(series);
  if (typeof tag !== 'function' || !('toArray' in series && 'slice' in series && 'length' in series))
    return undefined;
  if (typeof series.slice !== 'function' || typeof series.length !== 'number') return undefined;
  const head: unknown = series.length > most ? series.slice(0, most) : series;
  if (typeof head !== 'object' || head === null || !('toArray' in head)) return undefined;
  const values: unknown = typeof head.toArray === 'function' ? head.toArray() : undefined;
  return Array.isArray(values) ? listColumn(values, series.length) : undefined;
}

function danfoRows(frame: object): Rows | undefined {
  if (!('$isSeries' in frame && 'columns' in frame && 'values' in frame) || frame.$isSeries !== false)
    return undefined;
  const { columns, values } = frame;
  if (!Array.isArray(columns) || !Array.isArray(values)) return undefined;
  return {
    length: values.length,
    at: (index) => Object.fromEntries(columns.map((name, column) => [String(name), values[index]?.[column]])),
  };
}

function danfoSeries(series: object): Column | undefined {
  if (!('$isSeries' in series && 'values' in series) || series.$isSeries !== true) return undefined;
  return Array.isArray(series.values) ? listColumn(series.values) : undefined;
}

function arrowRows(table: object): Rows | undefined {
  if (!('numRows' in table && 'numCols' in table && 'schema' in table && 'getChildAt' in table))
    return undefined;
  const { numRows, schema, getChildAt } = table;
  if (typeof numRows !== 'number' || typeof getChildAt !== 'function') return undefined;
  if (
    typeof schema !== 'object' ||
    schema === null ||
    !('fields' in schema) ||
    !Array.isArray(schema.fields)
  ) {
    return undefined;
  }
  const columns = new Map<string, Column>();
  for (const [index, field] of schema.fields.entries()) {
    const vector: unknown = getChildAt.call(table, index);
    const column = typeof vector === 'object' && vector !== null ? arrowVector(vector) : undefined;
    if (column !== undefined) columns.set(String(field.name), column);
  }
  return rowsFrom(columns, numRows);
}

function arrowVector(vector: object): Column | undefined {
  if (!('numChildren' in vector && 'type' in vector && 'get' in vector && 'length' in vector))
    return undefined;
  const { get, length } = vector;
  if (typeof get !== 'function' || typeof length !== 'number') return undefined;
  const scale = decimalScaleOf(vector.type);
  return {
    length,
    at(index) {
      const value: unknown = get.call(vector, index);
      return scale !== undefined && value instanceof Uint32Array
        ? scaledDecimal(integerOf(value), scale)
        : value;
    },
  };
}

const ARROW_DECIMAL = 7;

function decimalScaleOf(type: unknown): number | undefined {
  if (typeof type !== 'object' || type === null || !('typeId' in type && 'scale' in type)) return undefined;
  return type.typeId === ARROW_DECIMAL && typeof type.scale === 'number' ? type.scale : undefined;
}

/** Arrow gives a decimal as the 32-bit words of a two's complement integer, the lowest first. */
function integerOf(words: Uint32Array): bigint {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(words.length * 32, unsigned);
}
