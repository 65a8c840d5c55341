"""Makes tables of real data with known shifts, and what scipy, numpy and Evidently measure between them."""
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import datasets

FLOOR = 0.0001
CODECS = ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]


def frames():
    """Name to reference and current: halves of each set, the current half shifted, scaled or thinned out."""
    rng = np.random.default_rng(20261123)
    made = {}
    for name, load in [
        ("breast-cancer", datasets.load_breast_cancer),
        ("wine", datasets.load_wine),
        ("diabetes", datasets.load_diabetes),
        ("digits", datasets.load_digits),
    ]:
        data = load(as_frame=True).data
        data.columns = [column.replace(" ", "_") for column in data.columns]
        order = rng.permutation(len(data))
        half = len(data) // 2
        reference = data.iloc[order[:half]].reset_index(drop=True)
        current = data.iloc[order[half:]].reset_index(drop=True).astype(float)
        for index, column in enumerate(current.columns):
            if index % 3 == 0:
                current[column] += 0.3 * reference[column].std()
            if index % 5 == 0 and name != "digits":
                current[column] *= 1.1
            if index % 4 == 0:
                current.loc[rng.random(len(current)) < 0.07, column] = np.nan
        made[name] = (reference, current)
    # Large enough for the asymptotic p-value, with ties.
    reference, _ = made["breast-cancer"]
    chosen = reference.columns[:10]
    large = reference[chosen].iloc[rng.integers(0, len(reference), 12_000)].reset_index(drop=True)
    other = reference[chosen].iloc[rng.integers(0, len(reference), 10_500)].reset_index(drop=True)
    for index, column in enumerate(chosen):
        large[column] += rng.normal(0, 0.05, len(large)) * reference[column].std()
        other[column] += rng.normal(0.006 * index, 0.05, len(other)) * reference[column].std()
    made["large"] = (large.round(6), other.round(6))
    return made


def categories():
    rng = np.random.default_rng(7)
    label = datasets.load_digits().target
    wine = datasets.load_wine().target
    reference = pd.DataFrame({
        "digit": [f"d{value}" for value in rng.choice(label, 1500)],
        "cultivar": [f"c{value}" for value in rng.choice(wine, 1500)],
        "vanishes": rng.choice(["kept", "rare", "gone"], 1500, p=[0.7, 0.1, 0.2]),
    })
    current = pd.DataFrame({
        "digit": [f"d{min(value, 8)}" for value in rng.choice(label, 1100)],
        "cultivar": [f"c{value}" for value in rng.choice(wine, 1100, p=None)],
        "vanishes": rng.choice(["kept", "rare", "new"], 1100, p=[0.7, 0.2, 0.1]),
    })
    return reference, current


def shares(counts):
    return np.maximum(np.asarray(counts, dtype=float) / np.sum(counts), FLOOR)


def psi(reference, current):
    used = (np.asarray(reference) + np.asarray(current)) > 0
    expected, actual = shares(reference)[used], shares(current)[used]
    return float(np.sum((actual - expected) * np.log(actual / expected)))


def binned(reference, current):
    """Counts by numpy: a bin a value where there are few, else between deciles, the outer bins open."""
    values = np.unique(reference)
    if len(values) <= 20:
        count = lambda side: [int((side == value).sum()) for value in values]
        return [*count(reference), 0], [*count(current), int((~np.isin(current, values)).sum())]
    edges = np.unique(np.percentile(reference, np.arange(10, 100, 10)))
    count = lambda side: np.bincount(np.digitize(side, edges), minlength=len(edges) + 1).tolist()
    return count(reference), count(current)


def evidently_psi(reference, current, columns):
    from evidently import DataDefinition, Dataset, Report
    from evidently.metrics import ValueDrift

    numeric = [column for column in columns if reference[column].dtype != object]
    definition = DataDefinition(
        numerical_columns=numeric, categorical_columns=[column for column in columns if column not in numeric]
    )
    sides = [Dataset.from_pandas(side, data_definition=definition) for side in (current, reference)]
    report = Report([ValueDrift(column=column, method="psi") for column in columns])
    result = report.run(*sides).dict()
    return {metric["config"]["column"]: float(metric["value"]) for metric in result["metrics"]}


def numeric_expectation(reference, current):
    found = {}
    for column in reference.columns:
        first, second = reference[column].dropna().to_numpy(float), current[column].dropna().to_numpy(float)
        test = stats.ks_2samp(first, second)
        found[column] = {
            "psi": psi(*binned(first, second)),
            "ks-statistic": float(test.statistic),
            "ks-p-value": float(test.pvalue),
            "missing-share": float(current[column].isna().mean()),
        }
    return found


def category_expectation(reference, current):
    found = {}
    for column in reference.columns:
        names = sorted(set(reference[column]) | set(current[column]))
        first = [int((reference[column] == name).sum()) for name in names]
        second = [int((current[column] == name).sum()) for name in names]
        p, q = np.array(first) / sum(first), np.array(second) / sum(second)
        found[column] = {
            "psi": psi(first, second),
            "total-variation": float(np.abs(p - q).sum() / 2),
            "jensen-shannon": float(jensenshannon(p, q, base=2)),
        }
    return found


def evidently_edges(reference, current):
    """The inner edges of the bins that Evidently takes of both sides together, where it does not take a bin a value."""
    edges = {}
    for column in reference.columns:
        if reference[column].nunique() <= 20:
            continue
        both = np.concatenate([reference[column].dropna(), current[column].dropna()])
        edges[column] = np.histogram_bin_edges(both, bins="sturges")[1:-1].tolist()
    return edges


def main(folder):
    warnings.simplefilter("ignore")
    expected = {"sets": {}, "evidently": {}}
    for name, (reference, current) in frames().items():
        for side, frame in [("reference", reference), ("current", current)]:
            frame.to_csv(folder / f"{name}-{side}.csv", index=False)
        expected["sets"][name] = numeric_expectation(reference, current)
    reference, current = categories()
    reference.to_csv(folder / "categories-reference.csv", index=False)
    current.to_csv(folder / "categories-current.csv", index=False)
    expected["sets"]["categories"] = category_expectation(reference, current)
    expected["evidently"]["categories"] = {
        "edges": {}, "psi": evidently_psi(reference, current, list(reference.columns))
    }

    reference, current = frames()["breast-cancer"]
    expected["evidently"]["breast-cancer"] = {
        "edges": evidently_edges(reference, current),
        "psi": evidently_psi(reference, current, list(reference.columns)),
    }
    for side, frame in [("reference", reference), ("current", current)]:
        for codec in CODECS:
            frame.to_parquet(folder / f"{codec}-{side}.parquet", compression=None if codec == "none" else codec,
                             row_group_size=100, index=False)
        # With every digit, and with the bare NaN that Python writes.
        lines = [json.dumps(row) for row in frame.to_dict("records")]
        (folder / f"lines-{side}.jsonl").write_text("\n".join(lines) + "\n")
        frame.to_csv(folder / f"zipped-{side}.csv.gz", index=False)
    (folder / "expected.json").write_text(json.dumps(expected))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
