"""Completion scripts of shells, made from the parser of the commands by shtab."""

import shtab

from reader.cli.whole_parser import whole_parser

SHELLS = ("bash", "zsh", "fish")

# Bash splits words at colons and replaces only what follows the last one.
_BASH = r"""
_reader_query() {
  local line="${COMP_LINE:0:COMP_POINT}" written word
  local typed="${line##* }"
  [[ "$COMP_WORDBREAKS" == *:* ]] && written="${typed%"${typed##*:}"}"
  reader completion --words="$typed" 2>/dev/null | while IFS= read -r word; do
    printf '%s\n' "${word#"$written"}"
  done
}
"""

_BASH_END = r"""

_reader() {
  _shtab_reader "$@"
  if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *: ]]; then
    compopt -o nospace 2>/dev/null || :
  fi
}
complete -o bashdefault -o default -F _reader reader
"""

_ZSH = r"""
_reader_query() {
  local -a found keys words
  found=("${(@f)$(reader completion --words="$PREFIX" 2>/dev/null)}")
  keys=("${(@M)found:#*:}")
  words=("${(@)found:#*:}")
  words=("${(@)words:#}")
  (( ${#keys} )) && compadd -Q -S '' -- "${keys[@]}"
  (( ${#words} )) && compadd -Q -- "${words[@]}"
}
"""


def script(shell: str) -> str:
    """The completion script of one of `SHELLS`."""
    text = shtab.complete(whole_parser(), shell=shell, preamble={"bash": _BASH, "zsh": _ZSH}.get(shell, ""))
    # The first argument may also be an archive.
    if shell == "bash":
        return text + _BASH_END
    if shell == "zsh":
        return text.replace("_describe 'reader commands' _commands", "_describe 'reader commands' _commands; _files")
    return text + "\ncomplete -c reader -n __fish_use_subcommand -F\n"
