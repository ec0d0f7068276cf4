import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct UserConfigurationTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// What `kubectl get dynamicconfig aws-credentials-config -n okteto -o yaml` prints.
    private static let printed = """
        apiVersion: admin.okteto.com/v1
        kind: DynamicConfig
        metadata:
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: |
              {"apiVersion":"admin.okteto.com/v1","kind":"DynamicConfig"}
          creationTimestamp: "2026-01-02T03:04:05Z"
          generation: 1
          name: aws-credentials-config
          namespace: okteto
          resourceVersion: "1234"
          uid: 5a7c3f0e-9f6e-4c2b-8a5e-0123456789ab
        spec:
          audience: okteto.example.com/us-east-2
          region: us-east-2
          roleARN: arn:aws:iam::112233445566:role/okteto-credentials

        """

    private func load(_ text: String, option: Bool = true, permissions: Int = 0o600) throws -> UserConfiguration? {
        let path = try folder.write("settings.yaml", text, permissions: permissions)
        return try UserConfiguration.load(option: path, environment: [:])
    }

    private func error(_ text: String) -> CredentialError? {
        #expect(throws: CredentialError.self) { try load(text) }
    }

    private func document(_ spec: String) -> String {
        "apiVersion: admin.okteto.com/v1\nkind: DynamicConfig\nmetadata: {name: aws-credentials-config}\nspec:\n" + spec
    }

    @Test func `what kubectl prints is taken as it is, with places`() throws {
        let configuration = try load(Self.printed)
        #expect(
            configuration?.fields.mapValues(\.value) == [
                "audience": "okteto.example.com/us-east-2", "region": "us-east-2",
                "roleARN": "arn:aws:iam::112233445566:role/okteto-credentials",
            ]
        )
        #expect(
            configuration?.fields["roleARN"]?.origin.description == "spec.roleARN, \(folder.path)/settings.yaml:16:12"
        )
        #expect(configuration?.warnings.isEmpty == true)
    }

    @Test func `of a list the item of the name is taken`() throws {
        let items = Self.printed.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }.joined(separator: "\n")
        let other =
            "- apiVersion: admin.okteto.com/v1\n  kind: DynamicConfig\n  metadata: {name: gcp-credentials-config}\n"
        let list = "apiVersion: v1\nkind: List\nmetadata:\n  resourceVersion: \"\"\nitems:\n" + other
        #expect(try load(list + items)?.fields["region"]?.value == "us-east-2")
        #expect(
            error(list)?.message.hasSuffix(
                ":6:1: the list has no item named 'aws-credentials-config' (get the one: "
                    + "kubectl get dynamicconfig aws-credentials-config -n okteto -o yaml)"
            ) == true
        )
        #expect(error(list + items + "\n" + items)?.message.contains("more than one item") == true)
    }

    @Test func `the fields of our own are taken, numbers as their text, and empty ones are not set`() throws {
        let fields = try load(document("  duration: 3600\n  tokenEnv: T\n  sessionName: \"\"\n  audience:\n"))?.fields
        #expect(fields?.mapValues(\.value) == ["duration": "3600", "tokenEnv": "T"])
    }

    @Test(arguments: [
        "  allowedAccounts: [112233445566, '012345678901']\n  policyARNs:\n  - arn:aws:iam::aws:policy/A\n",
        "  allowedAccounts: 112233445566, 012345678901\n  policyARNs: arn:aws:iam::aws:policy/A\n",
    ])
    func `lists are taken as lists and as texts, and hold`(_ spec: String) throws {
        _ = try folder.write("settings.yaml", document("  roleARN: \(Samples.role)\n  region: a-b-1\n" + spec))
        let options = CredentialOptions(
            tokenEnvironment: "T",
            credentialsConfiguration: folder.path + "/settings.yaml"
        )
        let settings = try CredentialSettings.resolve(options: options, environment: [:], phase: "deploy")
        #expect(settings?.allowedAccounts?.value == ["112233445566", "012345678901"])
        #expect(settings?.policyARNs?.value == ["arn:aws:iam::aws:policy/A"])
        #expect(settings?.policyARNs?.origin.description.hasPrefix("spec.policyARNs, ") == true)
        // One that does not name the role's account stops everything.
        let other = document("  roleARN: \(Samples.role)\n  region: a-b-1\n  allowedAccounts: ['012345678901']\n")
        _ = try folder.write("settings.yaml", other)
        let error = #expect(throws: CredentialError.self) {
            try CredentialSettings.resolve(options: options, environment: [:], phase: "deploy")
        }
        #expect(error?.message.contains("only 012345678901 may be used (spec.allowedAccounts, ") == true)
    }

    @Test(arguments: [
        ("  allowedAccounts: []\n", ":5:20: 'spec.allowedAccounts' is an empty list"),
        ("  allowedAccounts: [a b]\n", ":5:21: an item of 'spec.allowedAccounts' must be one word"),
        ("  policyARNs: [x, [y]]\n", ":5:19: an item of 'spec.policyARNs' must be one word, not a list"),
        ("  policyARNs: {x: y}\n", ":5:15: 'spec.policyARNs' must be a list of texts or a text, not a mapping"),
        ("  region: [x]\n", ":5:11: 'spec.region' must be a text, not a list"),
    ])
    func `a list that could be taken for another, or for none, is refused`(_ spec: String, _ message: String) {
        let found = error(document(spec))?.message ?? ""
        #expect(found.contains(message), "\(found)")
    }

    @Test(arguments: [
        ("  roleArn: x\n", ":5:3: 'roleArn' is not a key of 'spec' (did you mean 'roleARN'?)"),
        ("  roleARN: [x]\n", ":5:12: 'spec.roleARN' must be a text, not a list"),
        ("  region: a\n  region: b\n", ":6:3: 'region' is set twice"),
        ("  region: *x\n", ":5:11: there is no anchor"), ("- x\n", ":5:1: 'spec' must be a mapping, not a list"),
    ])
    func `what is wrong is said with its place`(_ spec: String, _ message: String) {
        let found = error(document(spec))?.message ?? ""
        #expect(found.contains(message) || (message.contains("twice") && found.contains(":6:3:")), "\(found)")
    }

    @Test func `everything that is wrong is said at once`() {
        let error = error("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nextra: 1\nspec: {}\n")
        #expect(error?.kind == .settings)
        #expect(error?.message.contains(":1:13: apiVersion is 'v1'") == true)
        #expect(error?.details.count == 3)
        #expect(error?.description.contains(":2:7: kind is 'ConfigMap'") == true)
        #expect(error?.description.contains(":3:18: metadata.name is 'x'") == true)
        #expect(error?.description.contains(":4:1: 'extra' is not a key of the document") == true)
    }

    @Test func `a document without what it must have is refused`() {
        #expect(error("")?.message.contains(":1:1: the file is empty") == true)
        #expect(error("# x\n")?.message.contains("the file is empty") == true)
        #expect(error("- x\n")?.message.contains("the document must be a mapping, not a list") == true)
        #expect(error("a: [\n")?.message.contains("settings.yaml:") == true)
        let bare = error("{}")?.description
        for part in ["no 'apiVersion'", "no 'kind'", "no 'metadata.name'", "no 'spec'"] {
            #expect(bare?.contains("the document has \(part)") == true)
        }
    }

    @Test func `what follows the first document is a warning`() throws {
        #expect(try load(Self.printed + "---\na: b\n")?.warnings.first?.contains("only the first document") == true)
    }

    @Test func `no error shows what a field says`() {
        let error = error(document("  tokenCommand: [wJalrXUtnFEMI]\n  x: wJalrXUtnFEMI\n"))
        #expect(error?.description.contains("wJal") == false)
    }

    @Test(arguments: [0o620, 0o602, 0o666]) func `a file that others may change is refused`(_ mode: Int) {
        let error = #expect(throws: CredentialError.self) { try load(Self.printed, permissions: mode) }
        #expect(error?.message.hasPrefix("others may change the credential settings \(folder.path)") == true)
        #expect(error?.nextStep?.contains("chmod go-w") == true)
    }

    @Test func `a file that is named must be there, and be a file`() throws {
        for (path, reason) in [("/nonexistent", "does not exist"), (folder.path, "is a folder")] {
            let error = #expect(throws: CredentialError.self) {
                try UserConfiguration.load(option: nil, environment: ["OKTETO_RUN_CREDENTIALS_CONFIG": path])
            }
            #expect(
                error?.message
                    == "the credential settings \(path) (variable OKTETO_RUN_CREDENTIALS_CONFIG) \(reason)"
            )
        }
    }

    @Test func `without a name the configuration folder is looked into`() throws {
        let place = folder.path + "/.config/okteto-run"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let home: EnvironmentVariables = ["HOME": folder.path]
        #expect(try UserConfiguration.load(option: nil, environment: home) == nil)
        _ = try folder.write(".config/okteto-run/aws-credentials-config.yaml", Self.printed)
        #expect(try UserConfiguration.load(option: nil, environment: home)?.fields["region"]?.value == "us-east-2")
        let other = ["HOME": "/nonexistent", "XDG_CONFIG_HOME": folder.path + "/.config"] as EnvironmentVariables
        #expect(try UserConfiguration.load(option: nil, environment: other)?.fields.count == 3)
        // Elsewhere, and so never below the folder that the program runs in.
        let relative = home.merging(["HOME": "relative", "XDG_CONFIG_HOME": ".config"])
        #expect(UserConfiguration.standardPath(relative) == nil)
        #expect(try UserConfiguration.load(option: nil, environment: relative) == nil)
        _ = try folder.write(".config/okteto-run/aws-credentials-config.yaml", "x")
        #expect(throws: CredentialError.self) { try UserConfiguration.load(option: nil, environment: home) }
    }

    @Test func `a folder in the place of the file is an error`() throws {
        let place = folder.path + "/.config/okteto-run/aws-credentials-config.yaml"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let error = #expect(throws: CredentialError.self) {
            try UserConfiguration.load(option: nil, environment: ["HOME": folder.path])
        }
        #expect(error?.message.hasSuffix("aws-credentials-config.yaml is a folder") == true)
    }

    @Test(.enabled(if: ScratchFolder.isRoot, "only root can give a file away"))
    func `a file of another user's counts only when it is named`() throws {
        let place = folder.path + "/.config/okteto-run"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let path = try folder.write(".config/okteto-run/aws-credentials-config.yaml", Self.printed)
        try FileManager.default.setAttributes([.ownerAccountID: 12345], ofItemAtPath: path)
        let error = #expect(throws: CredentialError.self) {
            try UserConfiguration.load(option: nil, environment: ["HOME": folder.path])
        }
        #expect(error?.message.hasSuffix("belong to another user (uid 12345)") == true)
        #expect(try UserConfiguration.load(option: path, environment: [:])?.fields.count == 3)
    }
}
