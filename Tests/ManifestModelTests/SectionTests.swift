import ManifestModel
import Testing
import YAMLSource

@Suite struct SectionTests {
    @Test func `build is decoded, in its short form too`() throws {
        let images = try #require(
            load(
                """
                build:
                  short: ./dir
                  long:
                    context: a
                    dockerfile: D
                    target: t
                    image: i
                    args: {A: b, C: }
                    secrets:
                      one: file
                      two: {file: f}
                      three: {env: E}
                    cache_from: x
                    export_cache: [y]
                    depends_on: short
                  list:
                    args: [A=b=c, D]
                """
            ).manifest
        ).builds
        #expect(images.map(\.name.value) == ["short", "long", "list"])
        #expect(images.map(\.context) == ["./dir", "a", "."])
        #expect(images[1].dockerfile == "D")
        #expect(images[1].target == "t")
        #expect(images[1].image == "i")
        #expect(images[1].arguments.map(\.name) == ["A", "C"])
        #expect(images[1].arguments.map(\.value) == ["b", nil])
        #expect(images[1].secrets.map(\.source) == [.file("file"), .file("f"), .environment("E")])
        #expect(images[1].cacheFrom.map(\.value) == ["x"])
        #expect(images[1].exportCache.map(\.value) == ["y"])
        #expect(images[1].dependsOn.map(\.value) == ["short"])
        #expect(images[2].arguments.map(\.value) == ["b=c", nil])
        #expect(images[1].name.mark.line == 3)
    }

    @Test func `dependencies are decoded, as a list and as a mapping`() throws {
        let list = try #require(load("dependencies: ['https://h/o/r.git', 'git@h:o/s']").manifest).dependencies
        #expect(list.map(\.name.value) == ["r", "s"])
        let mapping = try #require(
            load(
                "dependencies: {a: url, b: {repository: r, manifest: m, branch: c, wait: yes, timeout: 5m, variables: {A: b}}}"
            ).manifest
        ).dependencies
        #expect(mapping.map(\.repository) == ["url", "r"])
        #expect(mapping[1].manifest == "m")
        #expect(mapping[1].branch == "c")
        #expect(mapping[1].waits)
        #expect(mapping[1].timeout == "5m")
        #expect(mapping[1].variables.map(\.value) == ["b"])
    }

    @Test func `what deploy says of the platform is decoded`() throws {
        let deploy = try #require(
            load(
                """
                deploy:
                  compose:
                  - a.yml
                  - {file: b.yml, services: web}
                  endpoints:
                  - {path: /, service: s, port: 0x50}
                  divert:
                    driver: istio
                    virtualServices: [{name: v, namespace: n, routes: [r]}]
                    hosts: [{virtualService: v, namespace: n}]
                """
            ).manifest?.deploy
        )
        #expect(deploy.compose.map(\.path?.value) == ["a.yml", "b.yml"])
        #expect(deploy.compose[1].services.map(\.value) == ["web"])
        #expect(deploy.endpoints.map(\.port) == [80])
        #expect(deploy.endpoints.map(\.service) == ["s"])
        #expect(deploy.endpoints.map(\.path) == ["/"])
        #expect(deploy.divert?.driver == "istio")
        #expect(deploy.divert?.namespace == nil)
        #expect(deploy.divert?.virtualServices.map(\.routes) == [["r"]])
        #expect(deploy.divert?.hosts.map(\.virtualService) == ["v"])
        #expect(deploy.unexecuted.map(\.key) == ["deploy.compose", "deploy.endpoints", "deploy.divert"])
        #expect(load("deploy: {compose: x.yml}").manifest?.deploy?.compose.map(\.path?.value) == ["x.yml"])
        #expect(load("deploy: {divert: {namespace: n}}").manifest?.deploy?.divert?.driver == "nginx")
    }

    @Test func `external, forward and dev are decoded`() throws {
        let manifest = try #require(
            load(
                """
                icon: i
                external:
                  db: {notes: n, endpoints: [{name: e, url: u}, {name: f}]}
                forward:
                - 8080:api:80
                - {localPort: 1, remotePort: -2, labels: {a: b}}
                dev:
                  api:
                    image: i
                    command: [a, b]
                    workdir: /w
                    mode: hybrid
                    sync: {folders: ['.:/w']}
                    environment: [A=b]
                    forward: [1:2]
                    reverse: [3:4]
                    volumes: [/v]
                    secrets: ['a:/b']
                    selector: {app: x}
                    services: [{name: w}]
                    autocreate: on
                """
            ).manifest
        )
        #expect(manifest.icon?.value == "i")
        #expect(manifest.externals.map(\.name.value) == ["db"])
        #expect(manifest.externals[0].icon == "default")
        #expect(manifest.externals[0].notes == "n")
        #expect(manifest.externals[0].endpoints.map(\.url) == ["u", nil])
        #expect(manifest.forwards.map(\.service) == ["api", nil])
        #expect(manifest.forwards.map(\.remotePort) == [80, -2])
        #expect(manifest.forwards[1].labels.map(\.value) == ["b"])
        let dev = try #require(manifest.devs.first)
        #expect(dev.command.map(\.value) == ["a", "b"])
        #expect(dev.sync.map(\.value) == [".:/w"])
        #expect(dev.environment.map(\.name) == ["A"])
        #expect(dev.forward.map(\.localPort) == [1])
        #expect(dev.reverse.map(\.value) == ["3:4"])
        #expect(dev.volumes.map(\.value) == ["/v"])
        #expect(dev.secrets.map(\.value) == ["a:/b"])
        #expect(dev.selector.map(\.value) == ["x"])
        #expect(dev.services.map(\.value) == ["w"])
        #expect(dev.isAutocreated)
        #expect(dev.mode == "hybrid")
        #expect(dev.workdir == "/w")
        #expect(dev.image?.value == "i")
        #expect(manifest.sections.map(\.key) == ["icon", "external", "forward", "dev"])
    }

    @Test func `what is of the wrong kind is not there`() throws {
        let manifest = try #require(
            load(
                """
                deploy: {endpoints: [{port: 8.9}, {port: 99999999999999999999}, {port: x}, {port: {}}], compose: [[a]], divert: 1}
                forward: [x, [y]]
                dev: {a: 1}
                test: {t: {artifacts: [{destination: d}, [x]], hosts: [[x]], commands: [[x], y]}}
                build: {a: {secrets: {s: {}}}}
                """
            ).manifest
        )
        #expect(manifest.deploy?.endpoints.map(\.port) == [8, nil, nil, nil])
        #expect(manifest.deploy?.compose.isEmpty == true)
        #expect(manifest.deploy?.divert == nil)
        #expect(manifest.forwards.isEmpty)
        #expect(manifest.devs.isEmpty)
        #expect(manifest.tests.first?.artifacts.isEmpty == true)
        #expect(manifest.tests.first?.hosts.isEmpty == true)
        #expect(manifest.tests.first?.commands.map(\.script) == ["y"])
        #expect(manifest.builds.first?.secrets.isEmpty == true)
    }

    @Test(arguments: [
        ("1_000", 1000), ("0x1F", 31), ("0o17", 15), ("017", 15), ("0b11", 3), ("-5", -5), ("+7", 7), ("0", 0),
    ])
    func `numbers are those of YAML 1.1`(text: String, number: Int) {
        let yaml = "deploy: {endpoints: [{path: /, service: s, port: \(text)}]}"
        #expect(load(yaml).diagnostics.map(\.message) == [])
        #expect(load(yaml).manifest?.deploy?.endpoints.map(\.port) == [number])
    }
}
