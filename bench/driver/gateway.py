"""The gateway under test: its manifests, its start, and proof that nothing was switched off."""
import hashlib
import json
import urllib.error
import urllib.request

from .settings import CLIENT_KEY, PROVIDER_KEY
from .workloads import FORMATS, model

_API = "llm-gateway.dev/v1alpha1"
_SECRET = "bench-provider"
_AUTHORITY = "bench-authority"


def write_manifests(folder, upstream_ports, authority):
    """A gateway, accounts of every format for every upstream, a provider's key, a client's key. JSON is YAML."""
    folder.mkdir()
    documents = [_gateway(authority is not None), _provider_secret(), _client_key()]
    for name, port in upstream_ports.items():
        documents += [_account(name, port, speaks) for speaks in FORMATS.values()]
    if authority is not None:
        documents.append(
            {
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": {"name": _AUTHORITY},
                "data": {"ca.pem": authority.read_text()},
            }
        )
    for number, document in enumerate(documents):
        name = f"{number:02d}-{document['kind'].lower()}.yaml"
        (folder / name).write_text(json.dumps(document, indent=2) + "\n")


def _object(kind, name, spec):
    return {"apiVersion": _API, "kind": kind, "metadata": {"name": name}, "spec": spec}


def _gateway(with_authority):
    egress = {"allowPrivateNetworks": True}
    if with_authority:
        egress["caBundleRef"] = {"configMap": {"name": _AUTHORITY, "key": "ca.pem"}}
    return _object("GatewayConfig", "main", {"egress": egress, "request": {"maxConcurrent": 20000}})


def _provider_secret():
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": _SECRET, "labels": {"llm-gateway.dev/credentials": "true"}},
        "stringData": {"api-key": PROVIDER_KEY},
    }


def _client_key():
    digest = hashlib.sha256(CLIENT_KEY.encode()).hexdigest()
    return _object("GatewayKey", "bench", {"source": {"hashes": [f"sha256:{digest}"]}})


def _account(upstream, port, speaks):
    origin = f"https://localhost:{port}" if upstream == "tls" else f"http://127.0.0.1:{port}"
    return _object(
        "UpstreamAccount",
        model(upstream, speaks),
        {
            "provider": "AnthropicCompatible" if speaks == "Messages" else "OpenAICompatible",
            "baseURL": f"{origin}/v1",
            "formats": [speaks],
            "auth": {"apiKey": {"secretRef": {"name": _SECRET, "key": "api-key"}}},
            "models": [{"name": model(upstream, speaks)}],
        },
    )


def status(url, data=None, key=None):
    """The HTTP status of a GET, or of a POST of `data`; 0 when nobody answers."""
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    if key is not None:
        request.add_header("Authorization", f"Bearer {key}")
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            reply.read()
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def check_guarded(port, path, body):
    """Fails unless a wrong key is refused and the right one served: the figures are of a gateway that checks keys."""
    url = f"http://127.0.0.1:{port}{path}"
    refused = status(url, body, CLIENT_KEY + "x")
    if refused != 401:
        raise AssertionError(f"a wrong key was answered with {refused}, not 401")
    served = status(url, body, CLIENT_KEY)
    if served != 200:
        raise AssertionError(f"the right key was answered with {served}, not 200")
