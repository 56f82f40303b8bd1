#!/bin/sh
# Prints the home of the first Java >= 25 that has the program named as first argument (java, the default, or javac):
# $JAVA_HOME, then the usual places of distributions, then PATH. Fails with one line that says what to install.
# Reads the version from the home's `release` file, since starting a JVM to ask would cost every start 50 ms.
set -u
program=${1:-java}
wanted=25

fits() {
    [ -x "$1/bin/$program" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$version" ] && [ "$version" -ge "$wanted" ]
}

on_path=$(command -v "$program" 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/*}
for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "${on_path:-}"; do
    if [ -n "$home" ] && fits "$home"; then
        printf '%s\n' "$home"
        exit 0
    fi
done
echo "No JDK $wanted or newer found: install one (for example Temurin $wanted, package temurin-$wanted-jdk) or set JAVA_HOME to it." >&2
exit 1
