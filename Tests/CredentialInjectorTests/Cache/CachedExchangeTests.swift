import FoundationEssentials
import ProcessEnvironment
import Synchronization
import TestSupport
import Testing

@testable import CredentialInjector

struct CachedExchangeTests {
    /// A folder of its own, a server, and exchanges that share both.
    private final class Place: Sendable {
        let path = FileManager.default.temporaryDirectory.path + "/okteto-run-cache-\(UUID().uuidString)"
        let server: LoopbackServer
        let log = EventLog()
        let clock = TestClock()

        init(_ replies: [LoopbackReply]) throws {
            server = try LoopbackServer(replies)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        var folder: String { path + "/okteto-run/credentials" }

        var entries: [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".json") }.sorted()
        }

        func entry() throws -> String { folder + "/" + (try #require(entries.first)) }

        func run(
            audience: String? = TokenFactory.audience,
            _ source: any IdentityTokenSource = ScriptedTokenSource()
        ) async throws -> TemporaryCredentials {
            let settings = try Samples.settings(
                endpoint: server.url,
                audience: audience,
                environment: ["XDG_CACHE_HOME": path, "HOME": "/nonexistent"]
            )
            let exchange = WebIdentityExchange(
                settings: settings,
                source: source,
                clock: clock.clock,
                onEvent: log.append
            )
            let cached = CachedExchange(settings: settings, exchange: exchange, clock: clock.clock, onEvent: log.append)
            return try await cached.run()
        }

        func error() async -> CredentialError? {
            await #expect(throws: CredentialError.self) { try await self.run() }
        }
    }

    private static let good = LoopbackReply.response(200, Samples.answer(), headers: [Samples.date])

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `what one process was issued serves the next`() async throws {
        let place = try Place([Self.good])
        let first = try await place.run()
        let second = try await place.run()
        #expect(place.server.requests.count == 1)
        #expect(second.accessKeyID == first.accessKeyID && second.expiration == first.expiration)
        #expect(second.secrets == first.secrets && second.assumedRoleARN == first.assumedRoleARN)
        #expect(try permissions(place.folder) == 0o700)
        #expect(try permissions(place.entry()) == 0o600)
        guard case .reused(let credentials) = place.log.events.last else {
            Issue.record("\(place.log.events)")
            return
        }
        #expect(credentials.secrets == first.secrets)
    }

    @Test func `the token that names the identity is the one that is exchanged, and no second one is fetched`()
        async throws
    {
        let place = try Place([Self.good])
        _ = try await place.run()
        let fetched = place.log.events.count { if case .tokenFetched = $0 { true } else { false } }
        #expect(fetched == 1 && place.server.requests.count == 1)
    }

    @Test func `another setting or another subject is another exchange`() async throws {
        let place = try Place([Self.good])
        _ = try await place.run()
        _ = try await place.run(audience: nil)
        let payload = TokenFactory.payload().replacing(TokenFactory.subject, with: "system:serviceaccount:a:b")
        _ = try await place.run(ScriptedTokenSource([TokenFactory.text(payload: payload)]))
        #expect(place.server.requests.count == 3)
        #expect(place.entries.count == 3)
    }

    @Test func `a file that is damaged, a link or open to others is replaced`() async throws {
        let place = try Place([Self.good])
        _ = try await place.run()
        let path = try place.entry()
        let whole = try #require(FileManager.default.contents(atPath: path))
        let other = place.path + "/other"
        let damages: [(String, () throws -> Void)] = [
            ("cut off", { try Data(whole.prefix(40)).write(to: URL(filePath: path)) }),
            ("empty", { try Data().write(to: URL(filePath: path)) }),
            (
                "of another version",
                {
                    let text = String(decoding: whole, as: UTF8.self).replacing(#""version":1"#, with: #""version":2"#)
                    try Data(text.utf8).write(to: URL(filePath: path))
                }
            ),
            ("too large", { try Data(count: 300 << 10).write(to: URL(filePath: path)) }),
            (
                "a link",
                {
                    try FileManager.default.moveItem(atPath: path, toPath: other)
                    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
                }
            ),
            ("a second name", { try FileManager.default.linkItem(atPath: path, toPath: other + "-2") }),
            (
                "open to others",
                {
                    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
                }
            ),
        ]
        for (index, (name, damage)) in damages.enumerated() {
            try damage()
            _ = try await place.run()
            #expect(place.server.requests.count == index + 2, "\(name)")
            #expect(place.log.warnings.last?.contains("is not used, and replaced") == true, "\(name)")
            #expect(try permissions(path) == 0o600, "\(name)")
        }
        // What the link led to was not written.
        #expect(FileManager.default.contents(atPath: other)?.isEmpty == false)
    }

    @Test func `a folder that others may enter is refused before anything is sent`() async throws {
        let place = try Place([Self.good])
        try FileManager.default.createDirectory(atPath: place.folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.folder)
        let error = await place.error()
        #expect(error?.code == .settings)
        #expect(error?.message.contains("others may read or change it") == true)
        #expect(place.server.requests.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a link or a file in the place of the folder is refused`(isLink: Bool) async throws {
        let place = try Place([Self.good])
        let parent = place.path + "/okteto-run"
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        if isLink {
            try FileManager.default.createSymbolicLink(atPath: place.folder, withDestinationPath: place.path)
        } else {
            #expect(FileManager.default.createFile(atPath: place.folder, contents: nil))
        }
        #expect(await place.error()?.message.contains("symbolic link or no folder") == true)
    }

    @Test func `a lock that cannot be opened is an error`() async throws {
        let place = try Place([Self.good])
        _ = try await place.run()
        let lock = try #require(
            FileManager.default.contentsOfDirectory(atPath: place.folder).first { $0.hasPrefix("lock-") }
        )
        try FileManager.default.removeItem(atPath: place.entry())
        try FileManager.default.removeItem(atPath: place.folder + "/" + lock)
        try FileManager.default.createSymbolicLink(
            atPath: place.folder + "/" + lock,
            withDestinationPath: place.path + "/elsewhere"
        )
        #expect(await place.error()?.message.contains("cannot be used") == true)
        #expect(!FileManager.default.fileExists(atPath: place.path + "/elsewhere"))
    }

    @Test func `while another process holds the lock for too long, the cache is left out`() async throws {
        let place = try Place([Self.good])
        _ = try await place.run()
        try FileManager.default.removeItem(atPath: place.entry())
        let folder = try CacheFolder(path: place.folder)
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: place.folder).first { $0.hasPrefix("lock-") }
        )
        let lock = try #require(try folder.lock(name))
        _ = try await place.run()
        withExtendedLifetime(lock) {}
        #expect(place.log.warnings.contains { $0.contains("in use by another process") })
        #expect(place.entries.isEmpty)
    }

    @Test func `what is kept serves while it cannot be renewed`() async throws {
        let refusal = LoopbackReply.response(403, Samples.failure("AccessDenied"), headers: [Samples.date])
        let place = try Place([Self.good, refusal])
        let entry = CacheEntry(
            Samples.credentials(lifetime: .seconds(3_600)),
            key: "k",
            clock: CredentialClock(
                now: { TokenFactory.now.addingTimeInterval(-3_400) },
                elapsed: { .zero },
                sleep: { _ in },
                random: { 0 }
            )
        )
        let first = try await place.run()
        // As if it had been issued 3400 s ago.
        let path = try place.entry()
        let key = path.split(separator: "/").last?.dropLast(5) ?? ""
        let text = String(decoding: try entry.bytes(), as: UTF8.self).replacing(#""k""#, with: "\"\(key)\"")
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let second = try await place.run()
        #expect(second.accessKeyID == first.accessKeyID)
        #expect(second.remaining(at: .zero) == .seconds(200))
        guard case .refreshFailed = place.log.events.last else {
            Issue.record("\(place.log.events)")
            return
        }
    }

    @Test func `a session longer than any of AWS's is not kept`() async throws {
        let answer = Samples.answer(expiration: "2023-11-16T00:00:00Z")
        let place = try Place([.response(200, answer, headers: [Samples.date])])
        _ = try await place.run()
        _ = try await place.run()
        #expect(place.entries.isEmpty && place.log.warnings.isEmpty && place.server.requests.count == 2)
    }

    @Test func `files of sessions that are long over are removed`() async throws {
        let place = try Place([Self.good])
        _ = try await place.run()
        let old = place.folder + "/old.json"
        #expect(FileManager.default.createFile(atPath: old, contents: Data("x".utf8)))
        try CacheFolder(path: place.folder).removeFiles(before: Date().addingTimeInterval(-60))
        #expect(place.entries.count == 2)
        try CacheFolder(path: place.folder).removeFiles(before: Date().addingTimeInterval(60))
        #expect(place.entries.isEmpty)
    }

    @Test func `without a home there is no place for it`() {
        let error = #expect(throws: CredentialError.self) { try CacheFolder.standardPath(["XDG_CACHE_HOME": "here"]) }
        #expect(error?.message.contains("XDG_CACHE_HOME") == true)
        #expect((try? CacheFolder.standardPath(["HOME": "/home/a"])) == "/home/a/.cache/okteto-run/credentials")
    }

    @Test func `a clock that was set back makes no session longer`() throws {
        let clock = TestClock().clock
        let entry = CacheEntry(Samples.credentials(), key: "k", clock: clock)
        let earlier = CredentialClock(
            now: { TokenFactory.now.addingTimeInterval(-1) },
            elapsed: { .zero },
            sleep: { _ in },
            random: { 0 }
        )
        #expect(entry.credentials(identitySecrets: [], clock: clock) != nil)
        #expect(entry.credentials(identitySecrets: [], clock: earlier) == nil)
        var dumped = "\(entry)"
        dump(entry, to: &dumped)
        #expect(!dumped.contains(Samples.secretKey) && !dumped.contains(Samples.sessionToken))
    }
}
