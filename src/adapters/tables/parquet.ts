// Reads Parquet a row group and a column at a time; what reads and decompresses it is loaded when it is needed.
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { type FileHandle, open } from 'node:fs/promises';
import { usage } from '../../errors.js';
import type { Table, TableBatch } from './table.js';

function broken(name: string, error: unknown): Error {
  const said = error instanceof Error ? error.message : String(error);
  return usage(
    'parquet/broken',
    `${name} cannot be read as Parquet: ${said}`,
    'write it anew, or hand in CSV',
  );
}

/** The bytes of an open file. */
async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
        if (bytesRead === 0) throw new Error('the file ends too early');
        done += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

/** The names of the columns at the top of the schema, in order. */
function topColumns(metadata: FileMetaData): string[] {
  const columns: string[] = [];
  let at = 1;
  const skip = (): void => {
    const element = metadata.schema[at++];
    for (let child = 0; child < (element?.num_children ?? 0); child++) skip();
  };
  for (let child = 0; child < (metadata.schema[0]?.num_children ?? 0); child++) {
    columns.push(metadata.schema[at]?.name ?? '');
    skip();
  }
  return columns;
}

/** Opens a Parquet file. */
export async function openParquet(full: string, name: string): Promise<Table> {
  const [{ parquetMetadataAsync, parquetRead }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const withFile = async <T>(work: (file: AsyncBuffer) => Promise<T>): Promise<T> => {
    const handle = await open(full);
    try {
      return await work(await bufferOf(handle));
    } catch (error) {
      throw broken(name, error);
    } finally {
      await handle.close();
    }
  };
  const metadata = await withFile((file) => parquetMetadataAsync(file));
  return {
    file: name,
    format: 'parquet',
    textual: false,
    columnar: true,
    columns: topColumns(metadata),
    batches: async function* (columns) {
      let first = 0;
      for (const group of metadata.row_groups) {
        const [rowStart, rows] = [first, Number(group.num_rows)];
        first += rows;
        const cells = new Map<string, readonly unknown[]>();
        for (const column of columns)
          cells.set(
            column,
            await withFile(async (file) => {
              const found: unknown[] = [];
              await parquetRead({
                file,
                metadata,
                columns: [column],
                rowStart,
                rowEnd: rowStart + rows,
                compressors,
                onChunk: (chunk) => {
                  for (let at = 0; at < chunk.columnData.length; at++)
                    found[chunk.rowStart - rowStart + at] = chunk.columnData[at];
                },
              });
              return found;
            }),
          );
        const batch: TableBatch = {
          rows,
          column: (column) => cells.get(column) ?? [],
          place: (row) => ({ row: rowStart + row + 1 }),
        };
        yield batch;
      }
    },
  };
}
