// The registry of report formats, in the order in which they are looked for: the most particular first.
import { alibiDetect } from './alibi-detect.js';
import type { ReportFormat } from './content.js';
import { evidently } from './evidently.js';
import { metrics } from './metrics.js';
import { mlflow } from './mlflow.js';
import { nannyml } from './nannyml.js';
import { mlcDrift, observations } from './observations.js';
import { sklearn } from './sklearn.js';

export const formats: readonly ReportFormat[] = [
  mlcDrift,
  evidently,
  alibiDetect,
  nannyml,
  mlflow,
  sklearn,
  observations,
  metrics,
];

/** What `--format` takes. */
export const reportFormats: readonly string[] = formats.map(({ id }) => id);
