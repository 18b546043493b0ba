# Sourced by the steps.

# need WHAT CHECK PACKAGE...: makes CHECK true by installing Debian's packages; where that cannot be, says what is skipped and fails.
# On GitHub's machines, which are nobody's own, it becomes root by itself.
need() {
    local what=$1 check=$2 root=()
    shift 2
    if eval "$check" >/dev/null 2>&1; then return 0; fi
    if [ "${GITHUB_ACTIONS:-}" = true ] && [ "$(id -u)" != 0 ]; then root=(sudo -n); fi
    if ! command -v apt-get >/dev/null; then
        echo "skipped: $what: needs $*, and there is no apt-get here"
    elif [ "$(id -u)" != 0 ] && [ ${#root[@]} = 0 ]; then
        echo "skipped: $what: needs $*; install them as root"
    elif { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 && eval "$check" >/dev/null 2>&1; then
        return 0
    else
        echo "skipped: $what: apt-get could not install $*, or the system does not let it work"
    fi
    return 1
}

# step NAME COMMAND...: runs it, says how long it took, and remembers a failure for the end: one run tells of everything that is broken.
failed=()
step() {
    local name=$1 start=$SECONDS
    shift
    if "$@"; then
        echo "step: $name: $((SECONDS - start)) s"
    else
        failed+=("$name")
        echo "FAILED: $name, after $((SECONDS - start)) s"
    fi
}

# verdict: whether all steps succeeded.
verdict() {
    if [ ${#failed[@]} = 0 ]; then return 0; fi
    printf 'failed: %s\n' "${failed[@]}"
    return 1
}

# run_tests LOG COMMAND...: runs it, and keeps in LOG what it says.
run_tests() {
    local log=$1
    shift
    "$@" 2>&1 | tee "$log"
}

# failed_tests LOG: says again, at the end, which tests failed and why: who reads a log of thousands of lines reads its end.
failed_tests() {
    grep -A 15 -E '^  Failed [^ ]+' "$1" || true
}

# run_notebook FOLDER NOTEBOOK: nbconvert --execute with the kernel that the notebook names, and a look at what came out.
run_notebook() {
    local log="$1.log"
    if timeout 300 /usr/bin/python3 -m nbconvert --log-level=ERROR --to notebook --execute --output-dir "$1" "$2" >"$log" 2>&1; then
        /usr/bin/python3 tests/jupyter/executed.py "$1/$(basename "$2")"
    else
        grep -v -e 'Microsoft.Hosting' -e 'Now listening' "$log" || true
        return 1
    fi
}
