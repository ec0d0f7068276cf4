// swift-tools-version: 6.2
import PackageDescription

/// The strictest settings the toolchain has; every Swift target is built with all of them.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// Tests are held to the same rules, except that they may touch C without marking each line.
let tests: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "okteto-run",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "okteto-run", targets: ["ManifestRunner"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // MARK: C libraries of the system
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .systemLibrary(
            name: "CExpat",
            pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]
        ),
        .systemLibrary(
            name: "CLibArchive",
            pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]
        ),
        // libcurl is loaded when it is first needed, because linking it costs 5 to 7 ms at every start:
        // this target is compiled against its headers and looks its functions up at run time.
        .target(name: "CLibCurl"),
        // What the Swift standard overlays of the C library leave out (pipe2, WIFEXITED and the like).
        .target(name: "CPlatform"),

        // MARK: The program
        .target(
            name: "ProcessEnvironment",
            dependencies: ["CPlatform", subprocess, system],
            swiftSettings: strict
        ),
        .target(
            name: "HTTPTransport",
            dependencies: ["CLibCurl", "ProcessEnvironment"],
            swiftSettings: strict
        ),
        .target(
            name: "YAMLSource",
            dependencies: ["CLibYAML"],
            swiftSettings: strict
        ),
        .target(
            name: "KubernetesClient",
            dependencies: ["HTTPTransport", "ProcessEnvironment", "YAMLSource"],
            swiftSettings: strict
        ),
        .target(
            name: "ManifestModel",
            dependencies: ["ProcessEnvironment", "YAMLSource", system],
            swiftSettings: strict
        ),
        .target(
            name: "CredentialInjector",
            dependencies: [
                "CExpat", "COpenSSL", "HTTPTransport", "KubernetesClient", "ProcessEnvironment", "YAMLSource", logging,
                system,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "ContainerExec",
            dependencies: ["CLibArchive", "CPlatform", "HTTPTransport", "ProcessEnvironment", logging, system],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ManifestRunner",
            dependencies: [
                "ContainerExec", "CredentialInjector", "CPlatform", "HTTPTransport", "ManifestModel",
                "ProcessEnvironment", "YAMLSource",
                argumentParser, logging, system,
            ],
            swiftSettings: strict
        ),

        // MARK: Tests
        .systemLibrary(
            name: "CTestTLS",
            path: "Tests/CTestTLS",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(
            name: "TestSupport",
            dependencies: ["CTestTLS", "ProcessEnvironment", subprocess, system],
            path: "Tests/TestSupport",
            swiftSettings: tests
        ),
        .testTarget(
            name: "ProcessEnvironmentTests",
            dependencies: ["ProcessEnvironment", "TestSupport"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "HTTPTransportTests",
            dependencies: ["HTTPTransport", "ProcessEnvironment", "TestSupport"],
            swiftSettings: tests
        ),
        .testTarget(name: "YAMLSourceTests", dependencies: ["YAMLSource"], swiftSettings: tests),
        .testTarget(
            name: "KubernetesClientTests",
            dependencies: ["HTTPTransport", "KubernetesClient", "ProcessEnvironment", "TestSupport"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "ManifestModelTests",
            dependencies: [
                "CredentialInjector", "ManifestModel", "ManifestRunner", "ProcessEnvironment", "TestSupport",
                "YAMLSource",
                subprocess, system,
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: tests
        ),
        .testTarget(
            name: "CredentialInjectorTests",
            dependencies: [
                "CredentialInjector", "HTTPTransport", "KubernetesClient", "ProcessEnvironment", "TestSupport",
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: tests
        ),
        .testTarget(
            name: "ContainerExecTests",
            dependencies: ["ContainerExec", "HTTPTransport", "ProcessEnvironment", "TestSupport"],
            swiftSettings: tests
        ),
        .testTarget(
            name: "ManifestRunnerTests",
            dependencies: [
                "ContainerExec", "CredentialInjector", "HTTPTransport", "ManifestModel", "ManifestRunner",
                "ProcessEnvironment", "TestSupport", "YAMLSource", argumentParser,
            ],
            swiftSettings: tests
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["TestSupport", subprocess, system],
            exclude: ["Golden", "Oracles"],
            swiftSettings: tests
        ),
    ]
)

// The targets of Fuzz/ reach into the modules, so they are part of this package; only `scripts/fuzz` builds them. Coverage
// of the modules alone is what leads the fuzzer: that of the harness would be half of its time.
if let sanitizers = Context.environment["OKTETO_RUN_FUZZ"] {
    let fuzzed = ["ContainerExec", "CredentialInjector", "ManifestModel", "YAMLSource"]
    for target in package.targets where fuzzed.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=\(sanitizers)"]))
    }
    package.targets.append(
        .target(
            name: "FuzzTargets",
            dependencies: [
                "ContainerExec", "CredentialInjector", "ManifestModel", "ProcessEnvironment", "TestSupport",
                "YAMLSource",
            ],
            path: "Fuzz/Targets",
            swiftSettings: tests
        )
    )
    package.products.append(.library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"]))
}

// What Benchmarks/masker builds.
if Context.environment["OKTETO_RUN_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "masker-benchmark",
            dependencies: ["ContainerExec", "ProcessEnvironment"],
            path: "Benchmarks/MaskerBenchmark",
            swiftSettings: tests
        )
    )
}
