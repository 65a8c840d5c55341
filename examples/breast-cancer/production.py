"""Plays five weeks of production of the breast-cancer models, and writes, or checks, what was measured.

    python production.py           write the reports and the data under production/
    python production.py --check   make them again and compare with the files there;
                                   exit 0 when they say the same, 1 with every difference named

It needs the packages of requirements-production.txt. The reports are made by the tools
themselves: drift by Evidently (PSI), quality by scikit-learn's classification report.

The story: in week 3 three of four clinics have a new scanner (train.NEW_SCANNER), in
week 4 all four. In week 5 two have their old scanner back, and the retrained model
serves.

Every week draws 600 tumours, with replacement, from the golden rows, because these are
the only rows that no model here is trained on. Each measurement is jittered by 1 %, so
that no two rows are equal.
"""

from __future__ import annotations

import os

os.environ["DO_NOT_TRACK"] = "1"  # before Evidently is imported: it sends nothing

import train  # before numpy is imported: it sets one thread

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from evidently import DataDefinition, Dataset, Report
from evidently.metrics import RowCount, ValueDrift
from sklearn.metrics import classification_report

HERE = train.HERE / "production"
ROWS = 600
JITTER = 0.01
DIGITS = 5  # significant digits of a measurement
TARGETS = ["benign", "malignant"]  # the names of labels 0 and 1
# Sums may be added in another order by another machine's kernels; nothing else differs.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Week:
    """One week: its folder, the share of tumours the new scanner measures, the model that serves."""

    name: str
    number: int
    new_scanner: float
    model: str
    keeps_data: bool = False
    candidate: str | None = None  # another model that is measured on the same tumours


WEEKS = (
    Week("week-1-calm", 1, 0.0, "gradient-boosted"),
    Week("week-2-calm", 2, 0.0, "gradient-boosted"),
    Week("week-3-new-scanner", 3, 0.75, "gradient-boosted", keeps_data=True),
    Week("week-4-new-scanner-everywhere", 4, 1.0, "gradient-boosted", candidate="gradient-boosted-retrained"),
    Week("week-5-retrained", 5, 0.5, "gradient-boosted-retrained"),
)


@dataclass(frozen=True)
class Served:
    """A model, and the rows it was trained on, which its input is held against."""

    estimator: Any
    reference: np.ndarray


# --- production ---------------------------------------------------------------------


def monitoring_plan() -> dict[str, Any]:
    """What monitoring.yaml asks for: the key features, and the limit of their drift."""
    return yaml.safe_load((train.HERE / "monitoring.yaml").read_text("utf-8"))


def rounded(features: np.ndarray) -> np.ndarray:
    """Measurements as an instrument writes them."""
    return np.array([[float(f"{value:.{DIGITS}g}") for value in row] for row in features.tolist()])


def draw(week: Week, names: list[str], golden: train.Rows) -> tuple[np.ndarray, np.ndarray]:
    """The features and labels of one week."""
    random = np.random.default_rng([train.SEED, week.number])
    chosen = random.integers(0, len(golden.labels), ROWS)
    features = golden.features[chosen] * (1 + JITTER * random.standard_normal((ROWS, len(names))))
    by_new_scanner = random.random(ROWS) < week.new_scanner
    features[by_new_scanner] = train.through_new_scanner(names, features[by_new_scanner])
    return rounded(features), golden.labels[chosen]


def served_models(names: list[str], snapshots: dict[str, train.Rows]) -> dict[str, Served]:
    """The models that serve in some week, trained as train.py trains them."""
    wanted = {week.model for week in WEEKS}
    specs = [spec for spec in train.SPECS if spec.name in wanted]
    return {
        spec.name: Served(train.train(spec, names, snapshots[spec.snapshot]).estimator, snapshots[spec.snapshot].features)
        for spec in specs
    }


# --- reports ------------------------------------------------------------------------


def drift_report(reference: pd.DataFrame, current: pd.DataFrame, limit: float) -> dict[str, Any]:
    """Evidently's report: the number of rows, and the PSI of every column."""
    definition = DataDefinition(numerical_columns=list(reference.columns))
    drifts = [ValueDrift(column=column, method="psi", threshold=limit) for column in reference.columns]
    snapshot = Report([RowCount(), *drifts]).run(
        Dataset.from_pandas(current, definition), Dataset.from_pandas(reference, definition)
    )
    return json.loads(snapshot.json())


def quality_report(labels: np.ndarray, called: np.ndarray) -> dict[str, Any]:
    """scikit-learn's classification report."""
    return classification_report(labels, called, target_names=TARGETS, output_dict=True)


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Writes a report as JSON."""
    train.write(path, (json.dumps(value, indent=1, allow_nan=False) + "\n").encode())


def write_data(folder: Path, name: str, frame: pd.DataFrame) -> None:
    """Writes rows as CSV and as Parquet."""
    train.write(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n").encode())
    frame.to_parquet(folder / f"{name}.parquet", index=False, compression="zstd")


def report_all(folder: Path) -> None:
    """Draws every week and writes its reports under a folder."""
    names, snapshots, golden = train.load_splits()
    plan = monitoring_plan()
    key_features = plan["monitoring"]["key_features"]
    limit = next(trigger["threshold"] for trigger in plan["triggers"] if trigger["type"] == "drift-threshold")
    models = served_models(names, snapshots)

    def frame(features: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(features, columns=names)[key_features]

    for week in WEEKS:
        features, labels = draw(week, names, golden)
        served, target = models[week.model], folder / week.name
        reference, current = frame(served.reference), frame(features)
        write_json(target / "input-drift.json", drift_report(reference, current, limit))
        write_json(target / "quality.json", quality_report(labels, served.estimator.predict(features)))
        if week.candidate:
            called = models[week.candidate].estimator.predict(features)
            write_json(target / "quality-of-candidate.json", quality_report(labels, called))
        if week.keeps_data:
            write_data(target, "current", current)
            write_data(target, "reference", reference)


# --- checking -----------------------------------------------------------------------


def facts(path: Path) -> dict[str, Any]:
    """Every value of a file by its dotted path: of a report, or of data by column and row."""
    if path.suffix == ".json":
        return dict(train.flatten(json.loads(path.read_text("utf-8")), ""))
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, float_precision="round_trip")
    return dict(train.flatten(frame.to_dict(orient="list"), ""))


def same(before: Any, now: Any) -> bool:
    """Whether two values are equal, floats to the tolerance."""
    if isinstance(before, float) and isinstance(now, float):
        return math.isclose(before, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(before) is type(now) and before == now


def differences(kept: Path, made: Path) -> Iterator[str]:
    """What the files of two folders do not say alike."""
    files = {path.relative_to(root) for root in (kept, made) for path in root.rglob("*") if path.is_file()}
    for file in sorted(files):
        if not (kept / file).is_file() or not (made / file).is_file():
            yield f"{file}: {'committed, but not made' if (kept / file).is_file() else 'made, but not committed'}"
            continue
        before, now = facts(kept / file), facts(made / file)
        for path in [*before, *(path for path in now if path not in before)]:
            old, new = before.get(path, "(missing)"), now.get(path, "(missing)")
            if not same(old, new):
                yield f"{file}: {path[1:]}: committed {old}, now {new}"


def print_table(folder: Path) -> None:
    """Prints what each week measured: PSI of each key feature, accuracy, and malignant recall and precision."""
    for week in WEEKS:
        report = json.loads((folder / week.name / "input-drift.json").read_text("utf-8"))
        drifts = {m["config"]["column"]: m["value"] for m in report["metrics"] if "column" in m["config"]}
        print(f"{week.name} ({week.model})")
        print("  PSI " + ", ".join(f"{column} {value:.3f}" for column, value in drifts.items()))
        for file in sorted((folder / week.name).glob("quality*.json")):
            quality = json.loads(file.read_text("utf-8"))
            malignant = quality["malignant"]
            shown = f"malignant recall {malignant['recall']:.4f}, precision {malignant['precision']:.4f}"
            print(f"  {file.stem}: accuracy {quality['accuracy']:.4f}, {shown}")


def check() -> int:
    """Makes everything again, compares with the files here, and returns the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        report_all(Path(temporary))
        print_table(Path(temporary))
        wrong = list(differences(HERE, Path(temporary)))
    if wrong:
        print(f"\nDIFFERENT: {len(wrong)}", *wrong[:50], sep="\n  ")
        return 1
    print(f"\nthe same: every number within {TOLERANCE:g}, everything else exactly")
    return 0


def main() -> int:
    """Reads the command line, and writes or checks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare new reports with the files here")
    if parser.parse_args().check:
        return check()
    report_all(HERE)
    print_table(HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
