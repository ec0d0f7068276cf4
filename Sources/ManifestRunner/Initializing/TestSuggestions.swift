/// The tests that fit what is in a repository, by the files that its tools are known by.
enum TestSuggestions {
    /// Returns a test for each tool that was found, in a fixed order.
    static func make(_ files: ProjectFiles) -> [SuggestedTest] {
        let found = [
            node(files), go(files), rust(files), python(files), java(files), swift(files), ruby(files), php(files),
        ].compactMap(\.self)
        return found.isEmpty ? [make(files)].compactMap(\.self) : found
    }

    private static func node(_ files: ProjectFiles) -> SuggestedTest? {
        guard files.has("package.json") else { return nil }
        let (install, run, cache) =
            switch files.first(of: "pnpm-lock.yaml", "yarn.lock", "package-lock.json") {
            case "pnpm-lock.yaml":
                ("corepack enable && pnpm install --frozen-lockfile", "pnpm", "/root/.local/share/pnpm")
            case "yarn.lock": ("corepack enable && yarn install", "yarn", "/usr/local/share/.cache/yarn")
            case "package-lock.json": ("npm ci", "npm", "/root/.npm")
            default: ("npm install", "npm", "/root/.npm")
            }
        // A JSON reader would say no more than whether there is a script of that name.
        let hasTests = files.text("package.json").contains("\"test\"")
        return SuggestedTest(
            name: "node",
            image: "node:22",
            commands: [install, hasTests ? "\(run) test" : "node --test"],
            caches: [cache],
            reason: "package.json"
        )
    }

    private static func go(_ files: ProjectFiles) -> SuggestedTest? {
        guard files.has("go.mod") else { return nil }
        return SuggestedTest(
            name: "go",
            image: "golang:\(goVersion(files.text("go.mod")) ?? "1")",
            commands: ["go vet ./...", "go test ./..."],
            caches: ["/go/pkg/mod", "/root/.cache/go-build"],
            reason: "go.mod"
        )
    }

    /// Returns the `1.24` of a line `go 1.24.1`.
    private static func goVersion(_ text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count == 2, words[0] == "go" else { continue }
            let version = words[1].split(separator: ".").prefix(2)
            guard version.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return nil }
            return version.joined(separator: ".")
        }
        return nil
    }

    private static func rust(_ files: ProjectFiles) -> SuggestedTest? {
        guard files.has("Cargo.toml") else { return nil }
        return SuggestedTest(
            name: "rust",
            image: "rust:1",
            commands: [files.has("Cargo.lock") ? "cargo test --locked" : "cargo test"],
            caches: ["/usr/local/cargo/registry", "target"],
            reason: "Cargo.toml"
        )
    }

    private static func python(_ files: ProjectFiles) -> SuggestedTest? {
        guard let reason = files.first(of: "pyproject.toml", "requirements.txt", "setup.py") else { return nil }
        var commands: [String] = []
        if files.has("requirements.txt") { commands.append("pip install -r requirements.txt") }
        if files.has("pyproject.toml") || files.has("setup.py") { commands.append("pip install -e .") }
        let settings = ["pyproject.toml", "requirements.txt", "setup.cfg", "tox.ini"].map(files.text).joined()
        if settings.contains("pytest") || files.has("pytest.ini") || files.has("conftest.py") {
            commands += ["pip install pytest", "python -m pytest"]
        } else {
            commands.append("python -m unittest discover")
        }
        return SuggestedTest(
            name: "python",
            image: "python:3",
            commands: commands,
            caches: ["/root/.cache/pip"],
            reason: reason
        )
    }

    private static func java(_ files: ProjectFiles) -> SuggestedTest? {
        if files.has("pom.xml") {
            return SuggestedTest(
                name: "java",
                image: "maven:3",
                commands: [files.has("mvnw") ? "./mvnw -B verify" : "mvn -B verify"],
                caches: ["/root/.m2"],
                reason: "pom.xml"
            )
        }
        guard let reason = files.first(of: "build.gradle.kts", "build.gradle") else { return nil }
        return SuggestedTest(
            name: "java",
            image: "gradle:8",
            commands: [files.has("gradlew") ? "./gradlew test" : "gradle test"],
            caches: ["/root/.gradle"],
            reason: reason
        )
    }

    private static func swift(_ files: ProjectFiles) -> SuggestedTest? {
        guard files.has("Package.swift") else { return nil }
        return SuggestedTest(
            name: "swift",
            image: "swift:6.2",
            commands: ["swift test"],
            caches: [".build"],
            reason: "Package.swift"
        )
    }

    private static func ruby(_ files: ProjectFiles) -> SuggestedTest? {
        guard files.has("Gemfile") else { return nil }
        return SuggestedTest(
            name: "ruby",
            image: "ruby:3",
            commands: [
                "bundle install",
                files.has(".rspec") || files.has("spec") ? "bundle exec rspec" : "bundle exec rake test",
            ],
            caches: ["/usr/local/bundle"],
            reason: "Gemfile"
        )
    }

    private static func php(_ files: ProjectFiles) -> SuggestedTest? {
        guard files.has("composer.json") else { return nil }
        return SuggestedTest(
            name: "php",
            image: "composer:2",
            commands: ["composer install", "vendor/bin/phpunit"],
            caches: ["/tmp/cache"],
            reason: "composer.json"
        )
    }

    /// A makefile's own test counts where no tool is known that would say which image it needs.
    private static func make(_ files: ProjectFiles) -> SuggestedTest? {
        guard let name = files.first(of: "GNUmakefile", "makefile", "Makefile"),
            let target = ["test", "check"].first(where: { target in
                files.text(name).split(whereSeparator: \.isNewline).contains { $0.hasPrefix("\(target):") }
            })
        else { return nil }
        return SuggestedTest(
            name: "make",
            image: "gcc:14",
            commands: ["make \(target)"],
            caches: [],
            reason: "\(name) with the target '\(target)'"
        )
    }
}
