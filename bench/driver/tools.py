"""What the run needs besides Python: a C compiler, nginx, openssl. Says how to install what it cannot."""
import os
import shutil
import subprocess

from .settings import BENCH, BUILD

PROGRAMS = ("mock", "lg", "fproxy")
_FLAGS = ("-O2", "-std=gnu17", "-Wall", "-Wextra", "-Werror")


class Missing(Exception):
    """A tool is not there; the text says how to install it."""


def build():
    """Compiles the C programs whose sources are newer."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise Missing("a C compiler is missing: apt-get install -y gcc libc6-dev")
    BUILD.mkdir(exist_ok=True)
    for program in PROGRAMS:
        source, target = BENCH / "c" / f"{program}.c", BUILD / program
        newest = max(source.stat().st_mtime, (BENCH / "c" / "common.h").stat().st_mtime)
        if not target.exists() or target.stat().st_mtime < newest:
            subprocess.run([compiler, *_FLAGS, "-o", target, source], check=True)


def nginx():
    """nginx's path; installs the Debian package when it is missing and this is root."""
    found = _find_nginx()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing nginx-light", flush=True)
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        install = ["apt-get", "install", "-y", "-qq", "nginx-light"]
        if subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode != 0:
            subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
            subprocess.run(install, env=environment, stdout=subprocess.DEVNULL, check=False)
        found = _find_nginx()
    if found is None:
        raise Missing("nginx is missing: apt-get install -y nginx-light")
    return found


def _find_nginx():
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def certificates(folder):
    """A certificate authority and a server certificate for localhost in `folder`: ca.pem, cert.pem, key.pem."""
    if shutil.which("openssl") is None:
        raise Missing("openssl is missing: apt-get install -y openssl")
    extensions = folder / "server.ext"
    extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    commands = (
        ("req", "-x509", *curve, "-keyout", "ca-key.pem", "-out", "ca.pem", "-days", "2", "-subj", "/CN=bench CA"),
        ("req", *curve, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost"),
        ("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial",
         "-days", "2", "-extfile", "server.ext", "-out", "cert.pem"),
    )
    for arguments in commands:
        done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise Missing(f"openssl {arguments[0]} failed: {done.stderr.strip()}")
