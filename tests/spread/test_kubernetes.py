"""The manifests of docs/scale.md for Kubernetes: no cluster runs here, but what its pods would run does.

Their schemas are too large to be installed for a test; where kubernetes-validate is there, it is asked. That of
`DaskCluster` was looked up by hand, in dask-kubernetes' chart.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from recipes import WAIT_S, block, bytes_of, here, made_crawl, until, whoholds

from slurm_node import free_port
from whoholds.cli.claims import claims
from whoholds.pool import MEMORY


@pytest.fixture(scope="module")
def manifests() -> dict[str, Any]:
    """By their kind."""
    found = list(yaml.safe_load_all(block("apiVersion")))
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


def test_a_worker_has_room_for_a_reader_at_its_bound(manifests: dict[str, Any]) -> None:
    (container,) = pods(manifests)["worker"]["containers"]
    most = container["resources"]["limits"]["memory"]
    assert int(most.removesuffix("Gi")) << 30 > MEMORY
    arguments = container["args"]
    assert arguments[arguments.index("--memory-limit") + 1] == "0", "Dask would end a worker that may have as much"
    assert arguments[arguments.index("--nthreads") + 1] == container["resources"]["requests"]["cpu"]


def test_the_schemas_of_kubernetes_take_them(manifests: dict[str, Any]) -> None:
    schemas = pytest.importorskip("kubernetes_validate")
    cluster = manifests["DaskCluster"]["spec"]
    made = [manifests["PersistentVolumeClaim"], manifests["Job"]]
    # What the operator makes of the cluster.
    for name, spec in pods(manifests).items():
        made.append({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec})
    service = cluster["scheduler"]["service"]
    made.append({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": service})
    for one in made:
        schemas.validate(one, schemas.latest_version(), strict=True)


@contextmanager
def started(arguments: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A container's command, with what the operator puts into its environment."""
    address = {"DASK_SCHEDULER_ADDRESS": f"tcp://127.0.0.1:{port}", "DASK_WORKER_NAME": f"worker-{len(arguments)}"}
    values = [part.replace("$(DASK_WORKER_NAME)", address["DASK_WORKER_NAME"]) for part in arguments]
    process = subprocess.Popen(
        [sys.executable, "-m", *values], env=os.environ | address, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_what_the_pods_run_reads_a_crawl_also_where_pods_are_killed(manifests: dict[str, Any], tmp_path: Path) -> None:
    port, parts = free_port(), tmp_path / "shared/parts"
    made_crawl(tmp_path / "shared/crawl")

    def command(name: str) -> list[str]:
        (container,) = pods(manifests)[name]["containers"]
        return list(container["args"])

    job = " ".join(command("job")).replace("/shared", str(tmp_path / "shared"))
    job = job.replace("whoholds-scheduler:8786", f"127.0.0.1:{port}")
    with ExitStack() as cluster:
        scheduler = [*command("scheduler"), "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        cluster.enter_context(started(scheduler, port))
        worker = cluster.enter_context(started(command("worker"), port))
        first = whoholds(job, tmp_path)
        until(lambda: first.poll() is not None or list(parts.glob("done/*")))
        assert first.poll() is None, first.communicate()[1]
        for pod in (worker, first):
            pod.send_signal(signal.SIGKILL)
        first.communicate()
        assert not (parts / "manifest.json").exists()
        # The operator starts another worker in the place of one that is gone, and the job is begun anew.
        cluster.enter_context(started(command("worker"), port))
        again = whoholds(job, tmp_path)
        _, told = again.communicate(timeout=WAIT_S)
        assert again.returncode == 0, told
    assert bytes_of(parts) == here(str(tmp_path / "shared/crawl"), tmp_path, tmp_path / "here")
