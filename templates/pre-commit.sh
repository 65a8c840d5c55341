# Judges the records that are staged, whatever the working tree holds.
# Written by `mlc hook install`, taken out by `mlc hook uninstall`.

# mlc has checked what its own transitions commit.
[ -z "${MLC_TRANSACTION:-}" ] || exit 0

program={{program}}

run_mlc() {
  # The PATH comes last: other programs go by this name too.
  if [ -x node_modules/.bin/mlc ]; then
    node_modules/.bin/mlc "$@"
  elif [ -n "$program" ] && [ -f "$program" ]; then
    node "$program" "$@"
  elif command -v mlc >/dev/null 2>&1; then
    mlc "$@"
  else
    echo 'mlc: the pre-commit hook cannot find mlc, so the staged records cannot be checked, and nothing is committed' >&2
    echo '  → put mlc on the PATH (npm install --global mlc-registry), or commit without the check: git commit --no-verify' >&2
    return 1
  fi
}

# A branch, or another repository that shares this hook, may hold no registry.
has_registry() {
  [ -f "$1mlc.yaml" ] ||
    git cat-file -e ":0:$1mlc.yaml" 2>/dev/null ||
    git cat-file -e "HEAD:$1mlc.yaml" 2>/dev/null
}

# A commit that leaves the registry alone does not wait for mlc.
nothing_staged() {
  git diff --cached --quiet --no-ext-diff -- \
    ":(top,literal)$1mlc.yaml" ":(top,literal)$1models" ":(top,literal)$1.mlc"
}

check() {
  has_registry "$1" || return 0
  nothing_staged "$1" && return 0
  # Named even at the top: MLC_REGISTRY may mean another.
  run_mlc --registry "./$1" validate --staged
}

status=0
{{checks}}
exit "$status"
