#!/usr/bin/env bash
# Every gate and every test in one Maven run, then the totals. Honest: a gate that fails, a test that is skipped and
# a test class without a report all fail the run, whatever the totals say.
#   test.sh        everything but the tests tagged `full`
#   test.sh full   only those
set -uo pipefail
cd "$(dirname "$0")/.."
kind=${1:-quick}
case $kind in
    quick) select=() ;;
    full) select=(-Dtests.tagged=full -Dtests.untagged=none -Dtests.required=false) ;;
    *) echo "test.sh [full], not: $kind" >&2; exit 2 ;;
esac
# Reports and figures of an earlier run must not be counted.
find . -type d \( -path '*/target/surefire-reports' -o -path '*/target/figures' \) -not -path '*/node_modules/*' -prune -exec rm -rf {} +
# A failing test must not keep what comes after it from being built and tested; the totals fail the run.
testing/mvn.sh --fail-at-end -Dmaven.test.failure.ignore=true "${select[@]}" verify
built=$?
((built == 0)) || echo "The build failed: its reasons stand above." >&2
python3 testing/totals.py "$kind"
counted=$?
((built == 0 && counted == 0))
