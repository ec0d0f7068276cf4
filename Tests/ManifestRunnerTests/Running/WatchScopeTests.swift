import ContainerExec
import ManifestModel
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct WatchScopeTests {
    private func phase(
        _ name: String,
        in directory: String,
        needs: [String] = [],
        place: PhasePlace = .container(image: "i"),
        artifacts: [String] = [],
        caches: [String] = []
    ) throws -> PlannedPhase {
        var phase = PlannedPhase(
            kind: .test(name),
            dependencies: needs.map { .test($0) },
            place: place,
            images: ImageChoice(),
            commands: [],
            directory: directory,
            root: "/w",
            hosts: [],
            continuesAfterFailure: false,
            variables: .init(),
            maskedValues: [],
            artifacts: artifacts.map { Artifact(path: $0) },
            workspace: .copy,
            notices: []
        )
        phase.caches = PlannedCaches(
            repository: "",
            manifest: "",
            paths: try caches.map { try CachePath($0) },
            areKept: true
        )
        return phase
    }

    private func scope(_ phases: PlannedPhase...) throws -> WatchScope {
        try WatchScope(
            ExecutionPlan(phases: phases, notices: []),
            manifest: "/w/okteto.yml",
            root: "/w",
            hidden: ["/w/.local/state/okteto-run"]
        )
    }

    private func tests(_ scope: WatchScope, _ path: String, isFolder: Bool = false) -> [String] {
        scope.tests(concernedBy: Array(path.utf8), isFolder: isFolder).map(\.description).sorted()
    }

    private func wants(_ scope: WatchScope, _ path: String, isFolder: Bool = false) -> Bool {
        scope.wants(Array(path.utf8), isFolder: isFolder)
    }

    @Test func `a change concerns the tests in whose context it is`() throws {
        let scope = try scope(phase("all", in: "/w"), phase("a", in: "/w/a"), phase("ab", in: "/w/ab"))
        #expect(tests(scope, "/w/a/x") == ["test 'a'", "test 'all'"])
        #expect(tests(scope, "/w/ab/x") == ["test 'ab'", "test 'all'"])
        #expect(tests(scope, "/w/b") == ["test 'all'"])
        #expect(tests(scope, "/elsewhere").isEmpty)
        #expect(scope.roots == ["/w"])
        #expect(scope.all.count == 3 && scope.sharing.isEmpty)
    }

    @Test func `artifacts, caches, git's folder, okteto-run's own files and its state are no changes`() throws {
        let scope = try scope(
            phase("a", in: "/w", artifacts: ["out", "/deep/report.xml"], caches: ["node_modules"]),
            phase("b", in: "/w")
        )
        for path in [
            "/w/out", "/w/out/x", "/w/deep/report.xml", "/w/.git/index", "/w/.okteto-run-1", "/w/x/.git/HEAD",
            "/w/.local/state/okteto-run/key",
        ] {
            #expect(tests(scope, path).isEmpty && !wants(scope, path), "\(path)")
        }
        #expect(tests(scope, "/w/node_modules/x") == ["test 'b'"])
        #expect(tests(scope, "/w/deep/other") == ["test 'a'", "test 'b'"])
        #expect(!wants(scope, "/w/.git", isFolder: true) && wants(scope, "/w/deep", isFolder: true))
    }

    @Test func `the manifest, .env and ignore files are read anew`() throws {
        let scope = try scope(phase("a", in: "/w/sub/a"))
        for path in ["/w/okteto.yml", "/w/.env", "/w/sub/a/.oktetoignore", "/w/.oktetodeployignore"] {
            #expect(scope.isSource(Array(path.utf8)) && wants(scope, path))
        }
        #expect(!scope.isSource(Array("/w/sub/a/x".utf8)) && !wants(scope, "/w/other/x"))
        #expect(wants(scope, "/w/sub", isFolder: true) && !wants(scope, "/w/other", isFolder: true))
    }

    @Test func `what depends on a test runs with it, and what it depends on only where that has not passed`() throws {
        let scope = try scope(
            phase("a", in: "/w/a"),
            phase("b", in: "/w/b", needs: ["a"]),
            phase("c", in: "/w/c", needs: ["b"]),
            phase("d", in: "/w/d")
        )
        #expect(scope.withDependents([.test("a")]) == [.test("a"), .test("b"), .test("c")])
        #expect(scope.withDependents([]).isEmpty)
        #expect(scope.withMissing([.test("c")], passed: [.test("a"), .test("b")]) == [.test("c")])
        #expect(scope.withMissing([.test("c")], passed: [.test("d")]) == [.test("a"), .test("b"), .test("c")])
    }

    @Test func `tests in the local shell share their folder`() throws {
        let scope = try scope(phase("a", in: "/w", place: .shell), phase("b", in: "/w"))
        #expect(scope.sharing == [.test("a")])
    }

    @Test func `changes are gathered until there are no more, and a reader that was cancelled ends none`() async throws
    {
        let changes = ChangeGathering()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await changes.settled() }
            group.cancelAll()
        }
        changes.add([1], isFolder: false)
        changes.add([2], isFolder: true)
        let first = try await changes.settled()
        #expect(first.paths == [[1]: false, [2]: true] && !first.areMany)
        async let second = changes.settled()
        changes.add([3], isFolder: false)
        #expect(try await second.paths == [[3]: false])
        #expect(changes.take().isEmpty)
        for index in 0..<10_001 { changes.add([UInt8(index & 255), UInt8(index >> 8)], isFolder: false) }
        #expect(changes.take().areMany)
    }
}
