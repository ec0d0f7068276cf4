/// A block of commands that no test runs, and why.
///
/// Its syntax, its programs and its options are checked all the same.
/// Add one only for what a test cannot do. An entry that fits no block any more is a failing test.
struct UnrunBlock {
    let document: String
    /// How the block begins.
    let beginning: String
    let reason: String

    static let all = [
        UnrunBlock(document: "README.md", beginning: "scripts/demo\n", reason: "builds a release and takes minutes"),
        UnrunBlock(document: "README.md", beginning: "scripts/test\n", reason: "it runs these tests"),
        UnrunBlock(
            document: "Lab/README.md",
            beginning: "Lab/lab start ",
            reason: "it starts and stops the tests' lab"
        ),
        UnrunBlock(
            document: "docs/refusals.md",
            beginning: "aws iam get-role ",
            reason: "needs IAM and somebody's own credentials; the block after it has its output"
        ),
        UnrunBlock(
            document: "docs/setup.md",
            beginning: "$ kubectl get --raw",
            reason: "there is no cluster in the lab"
        ),
        UnrunBlock(
            document: "docs/setup.md",
            beginning: "$ okteto-run aws setup --dry-run",
            reason: "AWSSetupTests runs it against moto"
        ),
        UnrunBlock(
            document: "docs/setup.md",
            beginning: "$ export AWS_PROFILE=admin",
            reason: "AWSSetupTests runs it against moto and the gateway"
        ),
        UnrunBlock(
            document: "docs/setup.md",
            beginning: "eval ",
            reason: "it is for profiles that need a browser to log in"
        ),
        UnrunBlock(
            document: "docs/setup.md",
            beginning: "$ okteto-run aws teardown",
            reason: "AWSSetupTests runs it against moto"
        ),
        UnrunBlock(
            document: "Benchmarks/README.md",
            beginning: "$ Lab/lab start docker",
            reason: "a measurement, which needs a machine that does nothing else"
        ),
        UnrunBlock(
            document: "docs/install.md",
            beginning: "sha256sum -c",
            reason: "scripts/package-test verifies the packages"
        ),
        UnrunBlock(
            document: "docs/install.md",
            beginning: "sudo apt-get install",
            reason: "scripts/package-test installs the package in a clean root"
        ),
        UnrunBlock(
            document: "docs/install.md",
            beginning: "mkdir -p ~/.local/opt",
            reason: "scripts/package-test unpacks the archive"
        ),
        UnrunBlock(
            document: "docs/install.md",
            beginning: "Lab/install build",
            reason: "builds a release, as scripts/demo does"
        ),
        UnrunBlock(
            document: "docs/install.md",
            beginning: "podman build",
            reason: "its base comes from a registry, which the lab does without"
        ),
        UnrunBlock(
            document: "docs/cli.md",
            beginning: "$ okteto-run --generate-completion-script",
            reason: "InitTests completes by what it prints"
        ),
        UnrunBlock(
            document: "docs/editors.md",
            beginning: "mkdir -p .okteto",
            reason: "ValidateTests prints the schema, and SchemaAgreementTests uses it"
        ),
        UnrunBlock(
            document: "docs/settings.md",
            beginning: "mkdir -p ~/.config/okteto-run",
            reason: "a cluster with Okteto, which the lab has none of; the document it prints is used by a test"
        ),
    ]

    func fits(_ block: FencedBlock) -> Bool {
        block.document == document && block.text.hasPrefix(beginning)
    }
}
