"""Completion scripts of shells, made from the parser of the commands by shtab."""

import shtab

from reader.cli.whole_parser import whole_parser

SHELLS = ("bash", "zsh", "fish")

# Python knows what was typed and how to quote it: bash gives a function only a part of the word.
_BASH = r"""
_reader_query() {
  reader completion --bash="${COMP_LINE:0:COMP_POINT}" --breaks="$COMP_WORDBREAKS" 2>/dev/null
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
  found=("${(@f)$(reader completion --words="${(Q)PREFIX}" 2>/dev/null)}")
  keys=("${(@M)found:#*:}")
  words=("${(@)found:#*:}")
  words=("${(@)words:#}")
  (( ${#keys} )) && compadd -S '' -- "${keys[@]}"
  (( ${#words} )) && compadd -U -- "${words[@]}"
  # What is in quotation marks does not begin as it was typed, which must not be deleted.
  if [[ $compstate[insert] == *unambiguous && ${#compstate[unambiguous]} -lt ${#PREFIX} ]]; then
    compstate[insert]=''
    compstate[list]='list force'
  fi
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
