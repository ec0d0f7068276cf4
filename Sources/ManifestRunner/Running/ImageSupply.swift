internal import ContainerExec
internal import CredentialInjector

/// Gets images, and makes containers of them.
struct ImageSupply: Sendable {
    let engine: Engine
    /// The logins that the user has for registries.
    let logins: RegistryLogins
    /// Gives the login for a registry of the cloud whose credentials the run has, or nil where it has none for it.
    let cloudLogin: @Sendable (_ host: String) async throws -> ECRLogin?
    /// The images that the run has pulled, and pulls now.
    let pulls: ImagePulls
    let reporter: Reporter

    /// Creates a container, with its image pulled before, if need be, or not at all.
    ///
    /// With `missing` the engine is not asked whether it has the image, because that would cost every run a call: it
    /// says so when the container is created.
    ///
    /// - Throws: ``ContainerExecError`` when the image cannot be had or the engine fails; the credentials' error when
    ///   there is no login for a registry of the cloud.
    func container(
        _ specification: ContainerSpecification,
        pulling option: PullOption
    ) async throws -> CreatedContainer {
        if option == .always {
            try await pull(specification)
            return try await created(specification)
        }
        switch try await attempt(specification) {
        case .success(let container):
            return container
        case .failure(let error):
            guard option != .never else {
                let platform = specification.platform.map { " for \($0)" } ?? ""
                throw ContainerExecError(
                    .imageNotFound,
                    "\(error.message)\(platform), and it is not pulled (--pull never)",
                    hint: "pull it with '\(engine.kind) pull \(specification.image)', or use --pull missing"
                )
            }
            try await pull(specification)
            return try await created(specification)
        }
    }

    /// Creates the container, or returns the error that the image is not there; other errors are thrown.
    ///
    /// An image for another platform than the one asked for is not there either: Docker says so by itself, Podman
    /// takes it.
    private func attempt(
        _ specification: ContainerSpecification
    ) async throws(ContainerExecError) -> Result<CreatedContainer, ContainerExecError> {
        if engine.kind == .podman, let wanted = specification.platform,
            let found = try await engine.inspectImage(specification.image)?.platform,
            let platform = ImagePlatform(found), !wanted.runs(platform)
        {
            return .failure(
                ContainerExecError(
                    .imageNotFound,
                    "\(engine.kind) has the image \(specification.image) for \(platform), and not"
                )
            )
        }
        do {
            return .success(try await engine.createContainer(specification))
        } catch {
            guard error.code == .imageNotFound else { throw error }
            return .failure(error)
        }
    }

    /// Creates the container of an image that was just pulled.
    private func created(
        _ specification: ContainerSpecification
    ) async throws(ContainerExecError) -> CreatedContainer {
        switch try await attempt(specification) {
        case .success(let container):
            return container
        case .failure(let error):
            // Docker pulls what a registry has even when that is for another platform, and then finds nothing.
            guard let platform = specification.platform,
                let found = try await engine.inspectImage(specification.image)?.platform
            else { throw error }
            throw ContainerExecError(
                .wrongPlatform,
                "the image \(specification.image) is for \(found), and not for \(platform) as --platform asks",
                hint: "leave --platform out, or choose an image that is made for \(platform)"
            )
        }
    }

    private func pull(_ specification: ContainerSpecification) async throws {
        let key = ImagePulls.Key(image: specification.image, platform: specification.platform.map { "\($0)" })
        try await pulls.pull(key) {
            try await reporter.step(.pull) { try await fetch(specification) }
        }
    }

    private func fetch(_ specification: ContainerSpecification) async throws {
        let image = specification.image
        let reference = try ImageReference(image)
        var lookup = try await logins.find(for: image)
        for warning in lookup.warnings { reporter.say(.warning, warning) }
        if lookup.login == nil, let login = try await cloudLogin(reference.host) {
            lookup.login = .password(user: login.user, login.password)
            lookup.origin = "the assumed role"
        }
        let found = lookup
        do {
            try await reporter.progress("pulling \(reference)", done: "pulled \(reference)") { [engine] handle in
                let meter = PullMeter(engine.kind, handle)
                try await engine.pull(image, platform: specification.platform, login: found.login) { meter.add($0) }
                meter.finish()
            }
        } catch let error as ContainerExecError where error.code == .imageRefused {
            throw refusal(error, reference, found)
        }
    }

    private func refusal(
        _ error: ContainerExecError,
        _ reference: ImageReference,
        _ lookup: RegistryLookup
    ) -> ContainerExecError {
        let host = reference.host
        guard let origin = lookup.origin else {
            return ContainerExecError(
                error.code,
                "\(error.message) (no login for \(host) was found)",
                hint: "check the image's name; if it is private, log in with '\(engine.kind) login \(host)'"
            )
        }
        return ContainerExecError(
            error.code,
            "\(error.message) (with the login of \(origin))",
            hint: "check the image's name, and whether the login is still good and may pull it"
        )
    }
}
