// The exact distribution of the one-sample statistic as a power of Durbin's matrix (Marsaglia, Tsang and Wang 2003).

/** A square matrix times 10 to the power of `exponent`. */
interface Scaled {
  cells: Float64Array;
  exponent: number;
}

function multiply(a: Scaled, b: Scaled, size: number): Scaled {
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a.cells[i * size + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++)
        cells[i * size + j] = (cells[i * size + j] ?? 0) + factor * (b.cells[k * size + j] ?? 0);
    }
  let exponent = a.exponent + b.exponent;
  // Powers grow beyond any number, so they are scaled by what stands in the middle.
  const middle = Math.floor(size / 2);
  if ((cells[middle * size + middle] ?? 0) > 1e140) {
    for (let at = 0; at < cells.length; at++) cells[at] = (cells[at] ?? 0) * 1e-140;
    exponent += 140;
  }
  return { cells, exponent };
}

function power(matrix: Scaled, times: number, size: number): Scaled {
  if (times === 1) return matrix;
  const half = power(matrix, Math.floor(times / 2), size);
  const squared = multiply(half, half, size);
  return times % 2 === 0 ? squared : multiply(matrix, squared, size);
}

/** Durbin's matrix of a distance: ones up to the first diagonal above the main one, corrected at the border, by factorials. */
function matrixOf(size: number, excess: number): Scaled {
  const cells = new Float64Array(size * size);
  const set = (row: number, column: number, change: (value: number) => number): void => {
    cells[row * size + column] = change(cells[row * size + column] ?? 0);
  };
  for (let i = 0; i < size; i++) for (let j = 0; j <= Math.min(size - 1, i + 1); j++) set(i, j, () => 1);
  for (let i = 0; i < size; i++) {
    set(i, 0, (value) => value - excess ** (i + 1));
    set(size - 1, i, (value) => value - excess ** (size - i));
  }
  if (2 * excess > 1) set(size - 1, 0, (value) => value + (2 * excess - 1) ** size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) for (let g = 2; g <= i - j + 1; g++) set(i, j, (value) => value / g);
  return { cells, exponent: 0 };
}

/** P(D < distance) for one sample of `n` values. Takes time with the cube of n times the distance. */
export function durbinMatrix(n: number, distance: number): number {
  const k = Math.floor(n * distance) + 1;
  const size = 2 * k - 1;
  const raised = power(matrixOf(size, k - n * distance), n, size);
  let probability = raised.cells[(k - 1) * size + k - 1] ?? 0;
  let exponent = raised.exponent;
  for (let i = 1; i <= n; i++) {
    probability *= i / n;
    if (probability < 1e-140) {
      probability *= 1e140;
      exponent -= 140;
    }
  }
  return probability * 10 ** exponent;
}
