// The asymptotic distribution of the one-sample statistic with three terms of correction (Pelz and Good 1976).

const terms = 20;

/**
 * P(D <= distance) for one sample of `n` values: K0(z) + K1(z)/√n + K2(z)/n + K3(z)/√n³ at z = √n distance, in the
 * notation of Simard and L'Ecuyer 2011, equations 12 to 16.
 */
export function pelzGood(n: number, distance: number): number {
  const z = Math.sqrt(n) * distance;
  const [z2, z4, z6] = [z ** 2, z ** 4, z ** 6];
  const root = Math.sqrt(Math.PI / 2);
  const [k0, k1, k2, k3] = [[0], [0], [0], [0]] as [number[], number[], number[], number[]];
  for (let j = 0; j < terms; j++) {
    // Half-integers come in pairs of opposite sign.
    const p = (Math.PI * (j + 0.5)) ** 2;
    const weight = 2 * Math.exp(-p / (2 * z2));
    k0.push(weight);
    k1.push(weight * (p - z2));
    k2.push(weight * (6 * z6 + 2 * z4 + p * (2 * z4 - 5 * z2) + p ** 2 * (1 - 2 * z2)));
    k3.push(
      weight *
        (p ** 3 * (5 - 30 * z2) +
          p ** 2 * (-60 * z2 + 212 * z4) +
          p * (135 * z4 - 96 * z6) -
          30 * z6 -
          90 * z ** 8),
    );
  }
  let [whole2, whole3] = [0, 0];
  for (let j = 1; j < terms; j++) {
    const p = (Math.PI * j) ** 2;
    const weight = Math.exp(-p / (2 * z2));
    whole2 += weight * p;
    whole3 += weight * (3 * p * z2 - p ** 2);
  }
  const sum = (values: readonly number[]): number => values.reduceRight((all, value) => all + value, 0);
  return (
    (Math.sqrt(2 * Math.PI) / z) * (sum(k0) / 2) +
    ((root / (6 * z4)) * sum(k1)) / Math.sqrt(n) +
    ((root / (72 * z ** 7)) * sum(k2) - (root / (18 * z ** 3)) * whole2) / n +
    ((root / (6480 * z ** 10)) * sum(k3) + (root / (108 * z6)) * whole3) / n ** 1.5
  );
}
