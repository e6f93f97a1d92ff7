"""Lists the pods of a kubelet and asks it for a checkpoint that it must refuse."""

import os
import ssl

from kubelet import AuthenticatedClient
from kubelet.api.checkpoint import checkpoint_container
from kubelet.api.health import get_healthz
from kubelet.api.pods import get_pods
from kubelet.models import PodList

client = AuthenticatedClient(
    base_url=os.environ["KUBELET_SERVER"],
    token=os.environ["KUBELET_TOKEN"],
    verify_ssl=ssl.create_default_context(cafile=os.environ["KUBELET_CA"]),
)

health: str | None = get_healthz.sync(client=client)
pods = get_pods.sync(client=client)
refusal = checkpoint_container.sync_detailed("default", "no-such-pod", "none", client=client)

assert isinstance(pods, PodList)
assert isinstance(refusal.parsed, str)
print(f"healthz: {health}")
print(f"pods: {' '.join(pod.metadata.name for pod in pods.items or [])}")
print(f"checkpoint: {refusal.status_code.value} {refusal.parsed.rstrip()}")
