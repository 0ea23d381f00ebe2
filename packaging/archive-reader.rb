# The Homebrew formula, for a tap: it fetches the libraries while it installs, which homebrew-core does not allow.
# `python -m tests.packaging` writes the version, the address and the checksum.
class ArchiveReader < Formula
  desc "Terminal reader for archived articles, with CJK typesetting"
  homepage "https://example.org/archive-reader"
  url "https://example.org/archive-reader/releases/archive_reader-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "GPL-3.0-or-later"

  depends_on "python@3.13"

  def install
    system "python3.13", "-m", "venv", libexec
    system libexec/"bin/pip", "install", "--no-cache-dir", "#{buildpath}[variants,pinyin]"
    bin.install_symlink libexec/"bin/reader"
    man1.install_symlink libexec/"share/man/man1/reader.1"
    generate_completions_from_executable(bin/"reader", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    (testpath/"a.md").write "# Lighthouse\n\nLamps.\n"
    assert_match version.to_s, shell_output("#{bin}/reader --version")
    assert_match "Lamps.", shell_output("#{bin}/reader show #{testpath}/a.md")
  end
end
