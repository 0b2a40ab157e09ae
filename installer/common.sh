# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by installer/run, installer/test and .ci/run: what is needed, where it goes, how progress is shown.
set -euo pipefail

octavo_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps=${OCTAVO_DEPS:-$octavo_root/.deps}
export LC_ALL=${LC_ALL:-C.UTF-8}

# Without these ccache takes no compilation that uses a precompiled header; the base folder lets all build folders share objects.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$octavo_root}
export CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

if [[ -t 2 ]]; then mark=$'\033[1m==>\033[0m'; else mark='==>'; fi
say()  { printf '%s %s\n' "$mark" "$*" >&2; }
fail() { printf 'octavo: %s\n' "$*" >&2; exit 1; }

# quietly TITLE LOG COMMAND...: output goes to a log, and seconds are counted so that nothing longer than 2 s is silent.
quietly() {
  local title=$1 log="$deps/log/$2"; shift 2
  mkdir -p "$deps/log"
  local start=$SECONDS shown=0 status=0
  say "$title"
  "$@" >"$log" 2>&1 &
  local job=$!
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.2
    (( SECONDS - start > shown )) || continue
    shown=$((SECONDS - start))
    if [[ -t 2 ]]; then
      printf '\r    … %d s ' "$shown" >&2
    elif (( shown % 5 == 2 )); then
      printf '    … %d s\n' "$shown" >&2
    fi
  done
  [[ -t 2 ]] && printf '\r\033[K' >&2
  wait "$job" || status=$?
  if (( status != 0 )); then
    tail -n 40 "$log" >&2
    fail "$title failed; the whole log is $log"
  fi
}

apt_packages=(build-essential cmake ninja-build ccache mold pkg-config unzip ca-certificates
  python3 python3-pip python3-venv qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-translations-l10n libqt6svg6-dev
  libgl1-mesa-dev libqcustomplot-dev nlohmann-json3-dev libsentencepiece-dev libyaml-cpp-dev libcli11-dev xvfb xauth fonts-dejavu-core)

# as_root COMMAND...: directly, or through sudo.
as_root() {
  if (( EUID == 0 )); then
    "$@"
  else
    command -v sudo >/dev/null || { printf 'neither root nor sudo\n' >&2; return 1; }
    sudo "$@"
  fi
}

# install_packages [MORE...]: the packages of the distribution that are missing.
install_packages() {
  command -v dpkg-query >/dev/null || { say "Not a Debian-like system: please provide the packages listed in CONTRIBUTING.md."; return; }
  local wanted=("${apt_packages[@]}" "$@") missing=() installed p
  # Names of the installed packages and of what they provide: libqt6svg6-dev is called qt6-svg-dev on some releases.
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' | sed -n 's/^installed //p' | sed 's/ ([^)]*)//g' | tr -d ' ' | tr ',' '\n')
  for p in "${wanted[@]}"; do grep -qx -- "$p" <<<"$installed" || missing+=("$p"); done
  (( ${#missing[@]} )) || return 0
  (( EUID == 0 )) || command -v sudo >/dev/null || fail "these packages are missing and there is neither root nor sudo: ${missing[*]}"
  if (( EUID != 0 )); then sudo -v </dev/tty 2>/dev/null || true; fi # the password is asked for before output goes to a log
  quietly "Package lists" apt-update.log as_root apt-get update -qq
  quietly "Installing ${#missing[@]} system packages" apt.log \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# wheel_into FOLDER [--dependencies] REQUIREMENT...: unpacks wheels; a stamp makes it run once per set of pins.
wheel_into() {
  local folder=$1 stamp="$1/.stamp" options=(--no-deps); shift
  [[ -f $stamp && $(<"$stamp") == "$*" ]] && return 0
  local pins="$*"
  if [[ $1 == --dependencies ]]; then options=(); shift; fi
  local work; work=$(mktemp -d "$deps/wheel.XXXXXX")
  quietly "Downloading $*" "wheel-$(basename "$folder").log" python3 -m pip download "${options[@]}" --only-binary :all: \
    --disable-pip-version-check --progress-bar off -d "$work" "$@"
  rm -rf "$folder"; mkdir -p "$folder"
  local wheel
  for wheel in "$work"/*.whl; do quietly "Unpacking $(basename "$wheel")" unzip.log unzip -q -o "$wheel" -d "$folder"; done
  rm -rf "$work"
  printf '%s' "$pins" >"$stamp"
}

has_nvidia_driver() { [[ -e /dev/nvidiactl ]] || ldconfig -p 2>/dev/null | grep -q 'libcuda\.so\.1'; }

install_libtorch() {
  [[ -n ${OCTAVO_TORCH_PREFIX:-} ]] && return 0
  wheel_into "$deps/torch" torch==2.11.0
  wheel_into "$deps/cuda-runtime" nvidia-cuda-runtime==13.0.96 nvidia-cuda-cupti==13.0.85
  if has_nvidia_driver; then
    # The wheel names what libtorch_cuda needs, and looks for it in the folder nvidia/ beside its own.
    local wanted
    mapfile -t wanted < <(sed -n 's/^Requires-Dist: \(\(cuda-toolkit\|nvidia-\)[^;]*\);.*/\1/p' "$deps"/torch/torch-*.dist-info/METADATA)
    (( ${#wanted[@]} )) || fail "the LibTorch wheel names no CUDA libraries"
    wheel_into "$deps/cuda-libraries" --dependencies "${wanted[@]}"
    ln -sfn ../cuda-libraries/nvidia "$deps/torch/nvidia"
  fi
}

system_nvcc() {
  local nvcc version
  nvcc=$(command -v nvcc || true)
  [[ -z $nvcc && -x /usr/local/cuda/bin/nvcc ]] && nvcc=/usr/local/cuda/bin/nvcc
  [[ -n $nvcc ]] || return 1
  version=$("$nvcc" --version | sed -n 's/.*release \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  local major minor
  read -r major minor <<<"$version"
  (( major > 12 || (major == 12 && minor >= 8) )) && printf '%s' "$nvcc"
}

install_cuda_toolkit() {
  system_nvcc >/dev/null && return 0
  wheel_into "$deps/cuda-toolkit" nvidia-cuda-nvcc==13.0.88 nvidia-nvvm==13.0.88 nvidia-cuda-crt==13.0.88 \
    nvidia-cuda-cccl==13.0.85 nvidia-cuda-runtime==13.0.96
  local root="$deps/cuda-toolkit/nvidia/cu13"
  [[ -e $root/lib64 ]] || ln -s lib "$root/lib64"
  [[ -e $root/lib/libcudart.so ]] || ln -s libcudart.so.13 "$root/lib/libcudart.so"
  chmod -R u+x "$root/bin" "$root/nvvm/bin" 2>/dev/null || true
}

cargo_is_new_enough() {
  command -v cargo >/dev/null || return 1
  local major minor
  IFS=. read -r major minor _ < <(cargo --version | sed 's/cargo \([0-9.]*\).*/\1/')
  (( major > 1 || minor >= 85 ))
}

install_rust() {
  [[ -f $HOME/.cargo/env ]] && . "$HOME/.cargo/env"
  cargo_is_new_enough && return 0
  [[ ${assume_yes:-0} == 1 ]] ||
    fail "cargo 1.85 or newer is needed (tokenizers, chat templates). Get it with rustup (https://rustup.rs), or repeat with --yes to have it installed."
  command -v rustup >/dev/null || install_rustup
  quietly "Installing a Rust toolchain" rust.log rustup toolchain install stable --profile minimal
  rustup default stable >/dev/null 2>&1 || true
  cargo_is_new_enough || fail "cargo is still older than 1.85: $(cargo --version 2>&1)"
}

install_rustup() {
  if apt-cache show rustup 2>/dev/null | grep -q .; then
    quietly "Installing rustup" rustup.log as_root apt-get install -y -qq --no-install-recommends rustup
  else
    command -v curl >/dev/null || quietly "Installing curl" curl.log as_root apt-get install -y -qq --no-install-recommends curl
    quietly "Installing rustup" rustup.log sh -c 'curl -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal'
    . "$HOME/.cargo/env"
  fi
}

set_up() {
  mkdir -p "$deps"
  install_packages
  install_rust
  install_libtorch
  [[ ${OCTAVO_CUDA:-ON} == ON ]] && install_cuda_toolkit
  return 0
}

# configure FOLDER [cmake options]: when the options are new; CMake itself notices changed sources and lists.
configure() {
  local folder=$1; shift
  # The Rust library is the same for all build folders, and takes a minute.
  local options=(-G Ninja -DCMAKE_BUILD_TYPE=Release -DOCTAVO_DEPS="$deps" -DOCTAVO_CARGO_TARGET="${OCTAVO_CARGO_TARGET:-$deps/cargo}" "$@")
  if [[ ! -f $folder/build.ninja || $(cat "$folder/.configured" 2>/dev/null) != "${options[*]}" ]]; then
    quietly "Configuring $(basename "$folder")" "configure-$(basename "$folder").log" cmake -S "$octavo_root" -B "$folder" "${options[@]}"
    printf '%s' "${options[*]}" >"$folder/.configured"
  fi
}

# build FOLDER [TARGET...]: all unless targets are given.
build() {
  local folder=$1; shift
  local targets=()
  (( $# )) && targets=(--target "$@")
  say "Building in $(basename "$folder")/"
  cmake --build "$folder" "${targets[@]}" >&2 || fail "the build in $folder failed"
}
