"""`reader completion`: completion scripts for shells, and the words that they ask for."""

from argparse import Namespace

from reader.settings.options import Settings


def run(options: Namespace, settings: Settings) -> int:
    """Print the completion script of a shell, or the words that complete a query; return 0."""
    if options.words is not None:
        from reader.cli.query_words import completions  # noqa: PLC0415 - a script needs no index

        for word in completions(options.words, settings):
            print(word)
        return 0
    if options.bash is not None:
        from reader.cli.query_words import line_completions, listed_completions  # noqa: PLC0415 - as above

        line = options.bash
        quoted = () if options.listed else line_completions(line, options.breaks, settings)
        for word in listed_completions(line, settings) if options.listed else quoted:
            print(word)
        return 0
    from reader.cli.completion_scripts import script  # noqa: PLC0415 - words need no shtab

    print(script(options.shell), end="")
    return 0
