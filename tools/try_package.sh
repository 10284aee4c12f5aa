#!/usr/bin/env bash
# Build the wheel and the source distribution, check both, and try both in fresh environments.
#
#     bash tools/try_package.sh        leaves them in dist/
set -euo pipefail

cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf dist

python3 -m venv "$work/tools"
"$work/tools/bin/python" -m pip install --quiet build twine check-wheel-contents
"$work/tools/bin/python" -m build
"$work/tools/bin/twine" check --strict dist/*
"$work/tools/bin/check-wheel-contents" dist/*.whl
ls -l dist

for file in dist/*.whl dist/*.tar.gz; do
  printf '\n== %s\n' "$file"
  python3 -m venv --clear "$work/fresh"
  "$work/fresh/bin/python" -m pip install --quiet "$file"
  "$work/fresh/bin/compcite" --version
  "$work/fresh/bin/compcite" list data/references.bib
  "$work/fresh/bin/compcite" export data/references.bib --style ieee > "$work/bibliography.txt"
  test "$(wc -l < "$work/bibliography.txt")" = 10
  (cd "$work" && fresh/bin/python -c 'import compcite; print(compcite.loads("@misc{a}")["a"].key)')
done
