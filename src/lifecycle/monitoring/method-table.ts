// The one table of drift methods: what each is called, which side of its threshold is drift, and what it needs.

/** A side of a threshold. */
export type Side = 'high' | 'low';

/** The tools whose own names for methods are known. */
export type DriftTool = 'evidently' | 'nannyml' | 'alibi-detect';

/** One way of measuring drift. */
export interface Method {
  /** As reports hold it. */
  id: string;
  title: string;
  /** Where drift lies: a p-value drifts low, a distance high. */
  side: Side;
  /** Whether a value equal to the threshold is drift. */
  inclusive: boolean;
  /** The threshold that counts where nobody names one; undefined where the unit is the feature's own. */
  defaultThreshold?: number;
  /** Examples a side below which a verdict says little. */
  minimumSamples?: number;
  /** The values that it can take. */
  range: readonly [number, number];
  /** Names that need no tool beside them. */
  names: readonly string[];
  /** What single tools call it. */
  toolNames: Partial<Record<DriftTool, readonly string[]>>;
}

type Details = Partial<Omit<Method, 'id' | 'title' | 'side'>>;

const method = (side: Side, range: Method['range']) => (id: string, title: string, details: Details) => ({
  id,
  title,
  side,
  range,
  inclusive: false,
  names: [],
  toolNames: {},
  ...details,
});
const pValue = method('low', [0, 1]);
const share = method('high', [0, 1]);
const distance = method('high', [0, Number.POSITIVE_INFINITY]);

// Sides, inclusiveness and thresholds are those of the tools named in each line; of PSI the threshold is the field's single cut.
// A name that two methods claim without a tool is ambiguous, and resolves only beside its tool.
export const methods: readonly Method[] = [
  distance('psi', 'Population stability index', {
    inclusive: true,
    defaultThreshold: 0.2,
    minimumSamples: 200,
    names: ['population stability index'],
  }),

  pValue('p-value', 'P-value of a test that is not named', {
    defaultThreshold: 0.05,
    names: ['p_val', 'pvalue'],
    toolNames: {
      'alibi-detect': [
        'TabularDrift',
        'LSDDDrift',
        'LearnedKernelDrift',
        'ClassifierDrift',
        'SpotTheDiffDrift',
        'ContextMMDDrift',
        'ClassifierUncertaintyDrift',
        'RegressorUncertaintyDrift',
      ],
    },
  }),
  pValue('ks-p-value', 'Kolmogorov–Smirnov, p-value', {
    inclusive: true,
    defaultThreshold: 0.05,
    names: ['k-s p_value', 'ks', 'kolmogorov-smirnov'],
    toolNames: { evidently: ['ks'], 'alibi-detect': ['KSDrift'] },
  }),
  pValue('chi-square-p-value', 'Chi-square, p-value', {
    defaultThreshold: 0.05,
    names: ['chi2 p_value', 'chisquare', 'chi-square', 'chi2', 'chi-squared'],
    toolNames: { evidently: ['chisquare'], 'alibi-detect': ['ChiSquareDrift'] },
  }),
  pValue('z-test-p-value', 'Z-test of proportions, p-value', {
    defaultThreshold: 0.05,
    toolNames: { evidently: ['z'] },
  }),
  pValue('anderson-darling-p-value', 'Anderson–Darling, p-value', {
    defaultThreshold: 0.1,
    toolNames: { evidently: ['anderson', 'Anderson-Darling'] },
  }),
  pValue('cramer-von-mises-p-value', 'Cramér–von Mises, p-value', {
    inclusive: true,
    defaultThreshold: 0.1,
    toolNames: { evidently: ['cramer_von_mises', 'Cramer-von Mises'], 'alibi-detect': ['CVMDrift'] },
  }),
  pValue('epps-singleton-p-value', 'Epps–Singleton, p-value', {
    defaultThreshold: 0.05,
    toolNames: { evidently: ['es', 'Epps-Singleton'] },
  }),
  pValue('fisher-exact-p-value', "Fisher's exact test, p-value", {
    defaultThreshold: 0.1,
    toolNames: { evidently: ['fisher_exact', "Fisher's Exact test"], 'alibi-detect': ['FETDrift'] },
  }),
  pValue('g-test-p-value', 'G-test, p-value', {
    defaultThreshold: 0.1,
    toolNames: { evidently: ['g_test'] },
  }),
  pValue('mann-whitney-p-value', 'Mann–Whitney U, p-value', {
    defaultThreshold: 0.05,
    toolNames: { evidently: ['mannw', 'Mann-Whitney U-rank test'] },
  }),
  pValue('t-test-p-value', 'T-test, p-value', {
    defaultThreshold: 0.05,
    toolNames: { evidently: ['t_test'] },
  }),
  pValue('mmd-p-value', 'Maximum mean discrepancy, p-value', {
    defaultThreshold: 0.1,
    toolNames: { evidently: ['empirical_mmd'], 'alibi-detect': ['MMDDrift'] },
  }),
  // Named after a distance by its tool, and yet the p-value of a permutation test.
  pValue('total-variation-p-value', 'Total variation distance, p-value of a permutation test', {
    defaultThreshold: 0.1,
    toolNames: { evidently: ['TVD', 'Total-Variation-Distance'] },
  }),

  distance('total-variation', 'Total variation distance', {
    range: [0, 1],
    defaultThreshold: 0.1,
    names: ['TVD', 'total variation distance'],
  }),
  distance('ks-statistic', 'Kolmogorov–Smirnov, statistic D', {
    range: [0, 1],
    defaultThreshold: 0.1,
    names: ['ks d', 'ks distance', 'ks', 'kolmogorov-smirnov', 'kolmogorov-smirnov statistic'],
    toolNames: { nannyml: ['kolmogorov_smirnov'] },
  }),
  distance('chi-square-statistic', 'Chi-square, statistic', {
    names: ['chisquare', 'chi-square', 'chi2', 'chi-squared'],
    toolNames: { nannyml: ['chi2'] },
  }),
  distance('jensen-shannon', 'Jensen–Shannon distance', {
    range: [0, 1],
    inclusive: true,
    defaultThreshold: 0.1,
    names: ['jensenshannon', 'jensen-shannon distance'],
  }),
  distance('wasserstein', "Wasserstein distance, in the feature's unit", {
    inclusive: true,
    names: ['wasserstein distance', 'earth movers distance', 'emd'],
  }),
  distance('wasserstein-normed', 'Wasserstein distance, in standard deviations', {
    inclusive: true,
    defaultThreshold: 0.1,
    names: ['wasserstein distance (normed)'],
    toolNames: { evidently: ['wasserstein'] },
  }),
  distance('kl-divergence', 'Kullback–Leibler divergence', {
    inclusive: true,
    defaultThreshold: 0.1,
    names: ['kl_div', 'kullback-leibler', 'kullback-leibler divergence'],
  }),
  distance('hellinger', 'Hellinger distance', {
    range: [0, 1],
    inclusive: true,
    defaultThreshold: 0.1,
    names: ['hellinger distance'],
  }),
  distance('energy-distance', 'Energy distance', {
    defaultThreshold: 0.1,
    names: ['energy'],
    toolNames: { evidently: ['ed'] },
  }),
  distance('l-infinity', 'L-infinity distance', { range: [0, 1], names: ['l-infinity distance'] }),
  distance('reconstruction-error', 'Reconstruction error', {}),

  share('domain-classifier-auroc', 'Domain classifier, area under the ROC curve', {
    defaultThreshold: 0.65,
    names: ['domain classifier'],
  }),
  share('text-domain-classifier', 'Domain classifier on text, area under the ROC curve', {
    defaultThreshold: 0.55,
    toolNames: { evidently: ['abs_text_content_drift', 'Absolute text content drift'] },
  }),
  share('text-domain-classifier-percentile', 'Domain classifier on text, against random data', {
    defaultThreshold: 0.95,
    toolNames: { evidently: ['perc_text_content_drift', 'Percentile text content drift'] },
  }),
  share('missing-share', 'Share of missing values', { names: ['missing value share'] }),
  share('drifted-share', 'Share of drifted features', { inclusive: true, defaultThreshold: 0.5 }),
  share('drift-flag', "The tool's verdict alone, 1 or 0", { inclusive: true, defaultThreshold: 1 }),
];
