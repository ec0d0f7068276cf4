import ManifestModel
import Testing
import YAMLSource

@testable import ManifestRunner

@Suite struct ManifestDraftTests {
    private func draft(_ files: [String: String], name: String = "shop") -> ManifestDraft {
        ManifestDraft(ProjectFiles(names: Array(files.keys)) { files[$0] ?? "" }, name: name)
    }

    @Test(
        arguments: [
            (["package.json": "{}"], "node", ["npm install", "node --test"]),
            (
                ["package.json": #"{"scripts":{"test":"jest"}}"#, "package-lock.json": ""], "node",
                ["npm ci", "npm test"]
            ),
            (
                ["package.json": #"{"scripts":{"test":"jest"}}"#, "yarn.lock": ""], "node",
                ["corepack enable && yarn install", "yarn test"]
            ),
            (
                ["package.json": #"{"scripts":{"test":"jest"}}"#, "pnpm-lock.yaml": ""], "node",
                ["corepack enable && pnpm install --frozen-lockfile", "pnpm test"]
            ),
            (["go.mod": "module x\n\ngo 1.24.1\n"], "go", ["go vet ./...", "go test ./..."]),
            (["Cargo.toml": "", "Cargo.lock": ""], "rust", ["cargo test --locked"]),
            (["Cargo.toml": ""], "rust", ["cargo test"]),
            (
                ["requirements.txt": "pytest==8\n"], "python",
                ["pip install -r requirements.txt", "pip install pytest", "python -m pytest"]
            ),
            (["pyproject.toml": ""], "python", ["pip install -e .", "python -m unittest discover"]),
            (["pom.xml": ""], "java", ["mvn -B verify"]), (["pom.xml": "", "mvnw": ""], "java", ["./mvnw -B verify"]),
            (["build.gradle": "", "gradlew": ""], "java", ["./gradlew test"]),
            (["build.gradle.kts": ""], "java", ["gradle test"]), (["Package.swift": ""], "swift", ["swift test"]),
            (["Gemfile": "", "spec": ""], "ruby", ["bundle install", "bundle exec rspec"]),
            (["Gemfile": ""], "ruby", ["bundle install", "bundle exec rake test"]),
            (["composer.json": ""], "php", ["composer install", "vendor/bin/phpunit"]),
            (["Makefile": "all:\ncheck: all\n"], "make", ["make check"]),
        ] as [([String: String], String, [String])]
    )
    func `a tool that is found has a test`(files: [String: String], name: String, commands: [String]) throws {
        let draft = draft(files)
        let manifest = try #require(Self.valid(draft.text))
        #expect(manifest.tests.map(\.name.value) == [name])
        #expect(manifest.tests.first?.commands.map(\.script) == commands)
    }

    @Test(
        arguments: [
            (["main.tf": ""], "hashicorp/terraform", "terraform apply -input=false -auto-approve"),
            (["cdk.json": ""], "node:22", "npx cdk deploy --all --require-approval never"),
            (["serverless.yml": ""], "node:22", "npx serverless deploy"),
            (
                ["template.yaml": "AWSTemplateFormatVersion: 2010-09-09\n"], "amazon/aws-cli",
                "aws cloudformation deploy --template-file template.yaml --stack-name shop --capabilities CAPABILITY_IAM"
            ),
            (["template.yaml": "something else\n"], "amazon/aws-cli", "aws sts get-caller-identity"),
            ([:], "amazon/aws-cli", "aws sts get-caller-identity"),
        ] as [([String: String], String, String)]
    )
    func `what deploys is what was found, and takes down again`(
        files: [String: String],
        image: String,
        command: String
    ) throws {
        let manifest = try #require(Self.valid(draft(files).text))
        #expect(manifest.deploy?.image?.value == image && manifest.destroy?.image?.value == image)
        #expect(manifest.deploy?.commands.last?.script == command)
        #expect(manifest.destroy?.commands.isEmpty == false)
        #expect(manifest.tests.isEmpty)
    }

    @Test func `several tools have a test each, and a makefile then none`() throws {
        let draft = draft(["go.mod": "", "package.json": "", "Makefile": "test:\n"])
        #expect(try #require(Self.valid(draft.text)).tests.map(\.name.value).sorted() == ["go", "node"])
        #expect(draft.findings == ["package.json", "go.mod"])
        #expect(draft.text.contains("image: golang:1\n"))
    }

    @Test(arguments: [
        ("My Shop_2", "my-shop-2"), ("42", "okteto-run"), ("é", "okteto-run"), ("-a\nb: c", "a-b--c"),
        (String(repeating: "x", count: 200), String(repeating: "x", count: 60)),
    ])
    func `a stack's name is made of the folder's, whatever that is`(name: String, stack: String) throws {
        let text = draft(["template.yml": "AWSTemplateFormatVersion: x"], name: name).text
        let manifest = try #require(Self.valid(text))
        #expect(manifest.deploy?.commands.first?.script.contains("--stack-name \(stack) ") == true, "\(text)")
    }

    /// The manifest, where nothing at all was found to be odd about it.
    private static func valid(_ text: String) -> Manifest? {
        let loaded = ManifestLoader.load(SourceText(path: "okteto.yml", text: text))
        #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message)) in \(text)")
        return loaded.manifest
    }
}
