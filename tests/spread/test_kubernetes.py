"""The manifests of docs/scale.md for Kubernetes: no cluster runs here, but what they start has to be what there is.

They were checked against the schemas by hand (kubernetes-validate, and the definition in dask-kubernetes' chart), which
are too large to be installed for a test.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from whoholds.cli.claims import claims

DOCS = Path(__file__).resolve().parents[2] / "docs/scale.md"


@pytest.fixture(scope="module")
def manifests() -> dict[str, Any]:
    """By their kind."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = list(yaml.safe_load_all(next(block for block in blocks if "DaskCluster" in block)))
    return {one["kind"]: one for one in found}


def pods(manifests: dict[str, Any]) -> dict[str, Any]:
    cluster = manifests["DaskCluster"]["spec"]
    job = manifests["Job"]["spec"]["template"]
    return {"scheduler": cluster["scheduler"]["spec"], "worker": cluster["worker"]["spec"], "job": job["spec"]}


def test_dask_takes_the_arguments(manifests: dict[str, Any]) -> None:
    from distributed.cli import dask_scheduler, dask_worker

    for name, command in (("scheduler", dask_scheduler.main), ("worker", dask_worker.main)):
        (container,) = pods(manifests)[name]["containers"]
        program, what, *arguments = container["args"]
        assert (program, what) == ("dask", name)
        # `dask scheduler` and `dask worker` hand on what they do not know; what is known is parsed here.
        left = command.make_context(name, arguments).args
        assert left == [], left


def test_whoholds_takes_the_arguments_and_finds_the_scheduler(manifests: dict[str, Any]) -> None:
    (container,) = pods(manifests)["job"]["containers"]
    program, verb, *arguments = container["args"]
    assert (program, verb) == ("whoholds", "claims")
    given = claims.make_context(verb, arguments).params
    cluster = manifests["DaskCluster"]
    (port,) = (one["port"] for one in cluster["spec"]["scheduler"]["service"]["ports"] if one["name"] == "tcp-comm")
    assert given["scheduler"] == f"tcp://{cluster['metadata']['name']}-scheduler:{port}"
    assert cluster["spec"]["scheduler"]["service"]["selector"]["dask.org/cluster-name"] == cluster["metadata"]["name"]


def test_whoever_reads_sees_the_same_files(manifests: dict[str, Any]) -> None:
    claimed = manifests["PersistentVolumeClaim"]
    assert claimed["spec"]["accessModes"] == ["ReadWriteMany"]
    for name in ("worker", "job"):
        pod = pods(manifests)[name]
        (volume,) = pod["volumes"]
        assert volume["persistentVolumeClaim"]["claimName"] == claimed["metadata"]["name"]
        (mount,) = pod["containers"][0]["volumeMounts"]
        assert mount == {"name": volume["name"], "mountPath": "/shared"}
