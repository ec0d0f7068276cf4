# Builds okteto-run from the repository that this file is in: brew install --HEAD okteto-run, from a tap of it.
class OktetoRun < Formula
  desc "Run the phases of an Okteto manifest anywhere, with exchanged AWS credentials"
  homepage "https://www.okteto.com/docs/reference/okteto-manifest/"
  license "Apache-2.0"
  head "file://#{Pathname(__dir__).parent.realpath}", using: :git, branch: "main"

  depends_on "pkgconf" => :build
  depends_on "libarchive"
  depends_on "libyaml"
  depends_on macos: :sequoia
  depends_on "openssl@3"

  uses_from_macos "python" => :build
  uses_from_macos "swift" => :build, since: :tahoe
  uses_from_macos "curl"
  uses_from_macos "expat"

  def install
    arguments = ["--configuration", "release", "--product", "okteto-run"]
    # Homebrew's own sandbox is around this one, and they do not nest.
    arguments << "--disable-sandbox" if OS.mac?
    arguments << "--static-swift-stdlib" if OS.linux?
    system "swift", "build", *arguments
    bin.install ".build/release/okteto-run"
    generate_completions_from_executable(bin/"okteto-run", "--generate-completion-script")

    help = Utils.safe_popen_read(bin/"okteto-run", "--experimental-dump-help")
    (buildpath/"help.json").write help
    date = Utils.safe_popen_read("git", "log", "-1", "--format=%ct").strip
    page = "python3 packaging/manual.py #{date} docs/exit-status.md < help.json > okteto-run.1"
    system "/bin/sh", "-c", page
    man1.install "okteto-run.1"
  end

  test do
    (testpath/"okteto.yml").write "deploy:\n- echo deployed\n"
    assert_match "deployed", shell_output("#{bin}/okteto-run deploy --engine shell")
    assert_match(/^\d+\.\d+\.\d+$/, shell_output("#{bin}/okteto-run --version"))
  end
end
