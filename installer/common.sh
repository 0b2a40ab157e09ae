# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by installer/run, installer/test and .ci/run: what is needed, where it goes, how progress is shown.
set -euo pipefail

octavo_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps=${OCTAVO_DEPS:-$octavo_root/.deps}
export LC_ALL=${LC_ALL:-C.UTF-8}

say()  { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'octavo: %s\n' "$*" >&2; exit 1; }

# Runs a command with its output in a log; prints a growing line of seconds so that nothing longer than 2 s is silent.
quietly() {
  local title=$1 log="$deps/log/$2"; shift 2
  mkdir -p "$deps/log"
  local start=$SECONDS status=0
  say "$title"
  "$@" >"$log" 2>&1 &
  local job=$!
  while kill -0 "$job" 2>/dev/null; do
    sleep 1
    (( (SECONDS - start) % 5 == 4 )) && printf '    … %d s\n' $((SECONDS - start)) >&2
  done
  wait "$job" || status=$?
  if (( status != 0 )); then
    tail -n 40 "$log" >&2
    fail "$title failed; the whole log is $log"
  fi
}

apt_packages=(build-essential cmake ninja-build ccache mold pkg-config unzip ca-certificates
  python3 python3-pip python3-venv qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libqt6svg6-dev
  libgl1-mesa-dev libqcustomplot-dev nlohmann-json3-dev libsentencepiece-dev libcli11-dev xvfb xauth fonts-dejavu-core)

install_packages() {
  command -v dpkg-query >/dev/null || { say "Not a Debian-like system: please provide the packages listed in CONTRIBUTING.md."; return; }
  local missing=() p
  for p in "${apt_packages[@]}"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true) == installed ]] || missing+=("$p")
  done
  (( ${#missing[@]} )) || return 0
  local sudo=()
  if (( EUID != 0 )); then
    command -v sudo >/dev/null || fail "these packages are missing and there is neither root nor sudo: ${missing[*]}"
    sudo=(sudo)
  fi
  quietly "Package lists" apt-update.log "${sudo[@]}" apt-get update -qq
  quietly "Installing ${#missing[@]} system packages" apt.log \
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# wheel_into FOLDER REQUIREMENT...: unpacks wheels without their dependencies; a stamp makes it run once per set of pins.
wheel_into() {
  local folder=$1; shift
  local stamp="$folder/.stamp"
  [[ -f $stamp && $(<"$stamp") == "$*" ]] && return 0
  local work; work=$(mktemp -d "$deps/wheel.XXXXXX")
  quietly "Downloading $*" "wheel-$(basename "$folder").log" \
    python3 -m pip download --no-deps --only-binary :all: --disable-pip-version-check --progress-bar off -d "$work" "$@"
  rm -rf "$folder"; mkdir -p "$folder"
  local wheel
  for wheel in "$work"/*.whl; do quietly "Unpacking $(basename "$wheel")" unzip.log unzip -q -o "$wheel" -d "$folder"; done
  rm -rf "$work"
  printf '%s' "$*" >"$stamp"
}

has_nvidia_driver() { [[ -e /dev/nvidiactl ]] || ldconfig -p 2>/dev/null | grep -q 'libcuda\.so\.1'; }

install_libtorch() {
  [[ -n ${OCTAVO_TORCH_PREFIX:-} ]] && return 0
  wheel_into "$deps/torch" torch==2.11.0
  wheel_into "$deps/cuda-runtime" nvidia-cuda-runtime==13.0.96 nvidia-cuda-cupti==13.0.85
  if has_nvidia_driver; then
    # The wheel names what libtorch_cuda needs; the two above are there already.
    local wanted
    mapfile -t wanted < <(sed -n 's/^Requires-Dist: \(nvidia-[a-z0-9-]*\)\(-cu13\)\{0,1\} *\(==[0-9.]*\).*/\1\2\3/p' "$deps"/torch/torch-*.dist-info/METADATA |
      grep -vE '^nvidia-cuda-(runtime|cupti)==')
    (( ${#wanted[@]} )) && wheel_into "$deps/cuda-libraries" "${wanted[@]}"
  fi
  return 0
}

system_nvcc() {
  local nvcc version
  nvcc=$(command -v nvcc || true)
  [[ -z $nvcc && -x /usr/local/cuda/bin/nvcc ]] && nvcc=/usr/local/cuda/bin/nvcc
  [[ -n $nvcc ]] || return 1
  version=$("$nvcc" --version | sed -n 's/.*release \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
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
  if [[ ${assume_yes:-0} == 1 ]]; then
    command -v rustup >/dev/null || {
      install_rustup_with_apt
    }
    quietly "Installing a Rust toolchain" rust.log rustup toolchain install stable --profile minimal
    rustup default stable >/dev/null 2>&1 || true
    cargo_is_new_enough && return 0
  fi
  fail "cargo 1.85 or newer is needed (tokenizers, chat templates). Get it with rustup (https://rustup.rs), or repeat with --yes to have it installed."
}

install_rustup_with_apt() {
  if apt-cache show rustup >/dev/null 2>&1; then
    quietly "Installing rustup" rustup.log apt-get install -y -qq --no-install-recommends rustup
  else
    command -v curl >/dev/null || quietly "Installing curl" curl.log apt-get install -y -qq --no-install-recommends curl
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

# build FOLDER [cmake options]: configures once and builds.
build() {
  local folder=$1; shift
  local launcher=()
  say "Building in $(basename "$folder")"
  cmake -S "$octavo_root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DOCTAVO_DEPS="$deps" "${launcher[@]}" "$@" >"$deps/log/configure.log" 2>&1 ||
    { tail -n 40 "$deps/log/configure.log" >&2; fail "configuring failed"; }
  cmake --build "$folder" >&2
}
