"""Completion scripts of shells, made from the parser of the commands by shtab."""

import shtab

from reader.cli.whole_parser import TEMPLATES, whole_parser
from reader.regex import regex

SHELLS = ("bash", "zsh", "fish")

# Python splits the command line and quotes completions, because bash gives a function only a part of the word.
_BASH = r"""
_reader_query() {
  # Completions that are only listed (COMP_TYPE is "?") are not quoted.
  reader completion --bash="${COMP_LINE:0:COMP_POINT}" --breaks="$COMP_WORDBREAKS" \
    $([[ "${COMP_TYPE-}" == 63 ]] && echo --listed) 2>/dev/null
}
"""

_BASH_END = r"""

# A quoted word is left to readline, which completes it with the names of files itself.
_shtab_compgen_files() {
  [[ "$1" == *[\\\'\"]* ]] || compgen -f -- "$1"
}

_reader_template_file() {
  compgen -W "TEMPLATES" -- "$1"
  _shtab_compgen_files "$1"
}

# Readline splits words also at colons and equals signs: of each word only the last part is left, and of an option with
# its value the option and the last part.
_reader() {
  local part rest="${COMP_LINE:0:COMP_POINT}" last=-1
  local -a words=()
  for part in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if (( last < 0 )) || [[ "$rest" == [[:space:]]* ]]; then
      words[++last]="$part"
    elif [[ "$part" == "=" && "${words[last]}" == --* ]]; then
      words[++last]=""
    else
      words[last]="$part"
    fi
    rest="${rest#"${rest%%[![:space:]]*}"}"
    rest="${rest#"$part"}"
  done
  local -a COMP_WORDS=("${words[@]}")
  local COMP_CWORD="$last"
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
  (( ${#words} )) && compadd -U -i "$IPREFIX" -- "${words[@]}"
  # What is in quotation marks does not begin as it was typed, which must not be deleted.
  if [[ $compstate[insert] == *unambiguous && ${#compstate[unambiguous]} -lt ${#PREFIX} ]]; then
    compstate[insert]=''
    compstate[list]='list force'
  fi
}

_reader_template() {
  compadd -- TEMPLATES
  _files
}
"""

_ZSH_OPTION = regex(r"""(?m)^( +(?:"\*")?(?:"|\{-\w,)--[\w-]+)(\}?"?\[(?:\\.|[^\\\]])*\]:)""")
"""A long option with a value; the value may also follow an equals sign."""


def script(shell: str) -> str:
    """The completion script of one of `SHELLS`."""
    text = shtab.complete(whole_parser(), shell=shell, preamble={"bash": _BASH, "zsh": _ZSH}.get(shell, ""))
    # The first argument may also be an archive.
    if shell == "bash":
        return text + _BASH_END.replace("TEMPLATES", " ".join(TEMPLATES))
    if shell == "zsh":
        text = text.replace("compadd -- TEMPLATES", f"compadd -- {' '.join(TEMPLATES)}")
        text = _ZSH_OPTION.sub(r"\1=\2", text)
        return text.replace("_describe 'reader commands' _commands", "_describe 'reader commands' _commands; _files")
    return text + "\ncomplete -c reader -n __fish_use_subcommand -F\n"
