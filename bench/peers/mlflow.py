# MLflow's registry on SQLite, through its own client: fill it, list it, register one version more.
#   python mlflow.py fill DATABASE < {"model": number of versions, ...}
#   python mlflow.py list DATABASE
#   python mlflow.py register DATABASE MODEL
# The last line of each says how long the work took after everything was loaded, in milliseconds.
import json
import sqlite3
import sys
import time
import uuid

sys.path.pop(0)  # this file is called mlflow too

from mlflow import MlflowClient  # noqa: E402
from mlflow.entities import Metric, Param, RunTag  # noqa: E402

METRICS = 20
TAGS = {"dataset": "breast-cancer-train@v2", "commit": "0123456789abcdef", "status": "approved"}


def register(client, experiment, model):
    run = client.create_run(experiment).info.run_id
    now = int(time.time() * 1000)
    client.log_batch(
        run,
        metrics=[Metric(f"metric_{number}", 0.9, now, 0) for number in range(METRICS)],
        params=[Param("seed", "17"), Param("architecture", "logistic-regression"), Param("C", "1")],
        tags=[RunTag(key, value) for key, value in TAGS.items()],
    )
    client.set_terminated(run)
    return client.create_model_version(
        model,
        source=f"s3://models/{model}/{run}/weights.json",
        run_id=run,
        run_link=f"https://runs.example.com/{run}",
        tags=TAGS,
    )


def copies(database, table, key, model, numbers):
    """Copies the one row of each kind that the client wrote, for every version that is still to come."""
    cursor = database.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in cursor.description]
    rows = [dict(zip(columns, row)) for row in cursor.fetchall() if row[columns.index(key)] == model["key"][key]]
    made = [{**row, **{c: v for c, v in change.items() if c in row}} for change in numbers for row in rows]
    marks = ", ".join("?" for _ in columns)
    database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', [[row[c] for c in columns] for row in made])


def fill(path, client, experiment):
    wanted = json.load(sys.stdin)
    first = "seed"
    client.create_registered_model(first)
    version = register(client, experiment, first)
    model = {"key": {"name": first, "run_id": version.run_id, "run_uuid": version.run_id}}
    names = [{"name": name} for name in wanted]
    numbers = [
        {"name": name, "version": number + 1, "run_id": run, "run_uuid": run, "storage_location": source, "source": source}
        for name, count in wanted.items()
        for number in range(count)
        for run in [uuid.uuid4().hex]
        for source in [f"s3://models/{name}/{run}/weights.json"]
    ]
    database = sqlite3.connect(path)
    copies(database, "registered_models", "name", model, names)
    for table in ["runs", "tags", "params", "metrics", "latest_metrics"]:
        copies(database, table, "run_uuid", model, numbers)
    for table in ["model_versions", "model_version_tags"]:
        copies(database, table, "name", model, numbers)
    database.commit()
    database.close()


def list_all(client):
    token = None
    while True:
        page = client.search_model_versions(max_results=1000, page_token=token)
        for version in page:
            print(version.name, version.version, version.status, version.run_id, version.source, sep="\t")
        token = page.token
        if not token:
            return


def main():
    command, path, *rest = sys.argv[1:]
    uri = f"sqlite:///{path}"
    started = time.perf_counter()
    client = MlflowClient(tracking_uri=uri, registry_uri=uri)
    if command == "fill":
        fill(path, client, client.create_experiment("bench", artifact_location="s3://runs"))
    elif command == "list":
        list_all(client)
    else:
        experiment = client.get_experiment_by_name("bench").experiment_id
        print(register(client, experiment, rest[0]).version)
    print((time.perf_counter() - started) * 1000)


main()
