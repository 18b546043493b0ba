# Sourced by the steps that need more than the .NET SDK.

# need WHAT CHECK PACKAGE...: makes CHECK true by installing Debian's packages; where that cannot be, says what is skipped and fails.
need() {
    local what=$1 check=$2
    shift 2
    if eval "$check" >/dev/null 2>&1; then return 0; fi
    if ! command -v apt-get >/dev/null; then
        echo "skipped: $what: needs $*, and there is no apt-get here"
    elif [ "$(id -u)" != 0 ]; then
        echo "skipped: $what: needs $*; install them as root"
    elif { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 && eval "$check" >/dev/null 2>&1; then
        return 0
    else
        echo "skipped: $what: apt-get could not install $*"
    fi
    return 1
}

# run_notebooks FOLDER: nbconvert --execute on every notebook of the course, with the kernel that the notebooks name, and a look at what came out.
run_notebooks() {
    local notebook start failed=0
    for notebook in notebooks/en/*.ipynb; do
        start=$SECONDS
        if timeout 300 /usr/bin/python3 -m nbconvert --log-level=ERROR --to notebook --execute --output-dir "$1" "$notebook" >"$1.log" 2>&1 \
            && /usr/bin/python3 tests/jupyter/executed.py "$1/$(basename "$notebook")"; then
            echo "nbconvert ran $notebook in $((SECONDS - start)) s"
        else
            grep -v -e 'Microsoft.Hosting' -e 'Now listening' "$1.log" || true
            echo "FAILED: nbconvert --execute $notebook"
            failed=1
        fi
    done
    return $failed
}
