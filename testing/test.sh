#!/usr/bin/env bash
# Every gate and every test in one Maven run, then the totals. Honest: a gate that fails, a test that is skipped and
# a test class without a report all fail the run, whatever the totals say.
set -uo pipefail
cd "$(dirname "$0")/.."
# Reports of an earlier run must not be counted.
find . -type d -path '*/target/surefire-reports' -not -path '*/node_modules/*' -prune -exec rm -rf {} +
testing/mvn.sh --fail-at-end verify
built=$?
((built == 0)) || echo "The build failed: its reasons stand above." >&2
python3 testing/totals.py
counted=$?
((built == 0 && counted == 0))
