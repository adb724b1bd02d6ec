#!/bin/sh
# Make .venv ready for one set of requirements: `sh scripts/setup.sh run|dev|bench`.
#
# Needs Python 3.11 or later, nothing else; PYTHON=… chooses which. When nothing changed since the last time it only
# compares a stamp. The stamp holds what an installation depends on: the pins, pyproject.toml (the project's own
# commands), the Python and the place of .venv, since an environment that was moved has broken commands.
set -eu
cd "$(dirname "$0")/.."

set_name=$1
venv=.venv
pins=requirements/$set_name.txt
stamp=$venv/.stamp-$set_name
[ -r "$pins" ] || { echo "没有这组依赖：$pins / no such set of requirements: $pins" >&2; exit 2; }

supported='import sys; sys.exit(sys.version_info < (3, 11))'
complete='import ensurepip, venv'

works() { "$1" -c "$2" >/dev/null 2>&1; }

# The first Python that is new enough and can make an environment by itself; else the first that is new enough.
# Each is tried by running it, because a name on the path may be a placeholder that starts nothing.
find_python() {
    second_best=
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3; fi
    for candidate; do
        works "$candidate" "$supported" || continue
        if works "$candidate" "$complete"; then echo "$candidate"; return; fi
        [ -n "$second_best" ] || second_best=$candidate
    done
    echo "$second_best"
}

no_python() {
    cat >&2 <<-'END'
	找不到 Python 3.11 或更高版本。请先安装，或用 PYTHON 指明，例如：make run PYTHON=/路径/python3.12
	No Python 3.11 or later was found. Install one, or name it: make run PYTHON=/path/to/python3.12
	  Debian, Ubuntu: sudo apt install python3 python3-venv
	  macOS:          brew install python@3.12
	END
    exit 2
}

no_venv_module() {
    cat >&2 <<-END
	这个 Python（$1）缺少建立虚拟环境的模块。请先安装，再运行一次：
	This Python ($1) lacks the module that makes virtual environments. Install it and run again:
	  sudo apt install $2
	END
    exit 2
}

# Debian leaves ensurepip to a package of its own. Root (a container, a fresh server) gets it installed; anybody else
# may have virtualenv, and is told what to install when not.
make_environment() {
    if works "$1" "$complete"; then "$1" -m venv --clear "$venv"; return; fi
    if works "$1" 'import virtualenv'; then "$1" -m virtualenv --clear --quiet "$venv"; return; fi
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "正在安装系统软件包 $package" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"; } >&2 || true
        if works "$1" "$complete"; then "$1" -m venv --clear "$venv"; return; fi
    fi
    no_venv_module "$1" "$package"
}

wanted() { # the stamp as it should be; empty when the environment cannot start
    version=$("$venv/bin/python" -V 2>/dev/null) || return 0
    echo "$version $PWD $(cat "$pins" requirements/build.in pyproject.toml package-lock.json src/gongkai/office/look/icons.txt | cksum)"
}

same_python() { # does .venv hold the version that PYTHON=… asks for, and the one that it was made with?
    inside=$("$venv/bin/python" -V 2>/dev/null) || return 1
    [ -z "${PYTHON:-}" ] || [ "$inside" = "$("$PYTHON" -V 2>/dev/null)" ] || return 1
    [ "$(cat "$venv/.made-with" 2>/dev/null)" = "$inside $PWD" ]
}

if same_python; then
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted)" ]; then exit 0; fi
else
    python=$(find_python)
    [ -n "$python" ] || no_python
    make_environment "$python"
    echo "$("$venv/bin/python" -V) $PWD" >"$venv/.made-with"
fi

echo "正在安装依赖（$pins，首次约一分钟）……" >&2
quiet=--quiet
if [ -t 2 ]; then quiet=; fi
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@" >&2; }
pip install $quiet --require-hashes -r "$pins"
# The project itself, in place; its build tool is among the pins, so nothing more is fetched.
pip install --quiet --no-deps --no-build-isolation --editable .
# PDF needs a Chinese font: a machine without any gets a free one. Without npm or network all else still works.
"$venv/bin/python" -m gongkai.rendering.fonts --fetch >&2 || true
# The office's pages need their front-end files; the tests also the accessibility rules.
tests=
if [ "$set_name" = dev ]; then tests=--tests; fi
"$venv/bin/python" -m gongkai.office.look.frontend --fetch $tests >&2
wanted >"$stamp"
