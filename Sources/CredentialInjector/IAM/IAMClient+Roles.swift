extension IAMClient {
    /// Returns a role; nil when there is none of that name, which has no path.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func role(named name: String) async throws(CredentialError) -> IAMRole? {
        try await unlessMissing { () async throws(CredentialError) -> IAMRole in
            let answer = try await api.send("GetRole", of: "role \(name)", [("RoleName", name)])
            guard let role = IAMRole(answer?["Role"]) else { throw incomplete("GetRole") }
            return role
        }
    }

    /// Creates a role and returns it.
    ///
    /// `trustPolicy` is JSON without needless white space, which some services do not take. A provider that was created
    /// a moment ago may not be known yet as a principal, so IAM is asked again for as long as the policy allows.
    ///
    /// - Throws: ``CredentialError``, with the code `EntityAlreadyExists` when there is one of that name.
    package func createRole(
        named name: String,
        trustPolicy: String,
        description: String,
        maximumSessionDuration: Int?,
        tags: [String: String],
        afterNewProvider: Bool
    ) async throws(CredentialError) -> IAMRole {
        var parameters = [(name: "RoleName", value: name), (name: "AssumeRolePolicyDocument", value: trustPolicy)]
        parameters.append((name: "Description", value: description))
        if let seconds = maximumSessionDuration {
            parameters.append((name: "MaxSessionDuration", value: String(seconds)))
        }
        let answer = try await api.send(
            "CreateRole",
            of: "role \(name)",
            parameters + QueryList.tags(tags),
            patience: afterNewProvider ? ["MalformedPolicyDocument"] : []
        )
        guard let role = IAMRole(answer?["Role"]) else { throw incomplete("CreateRole") }
        return role
    }

    /// Replaces a role's trust policy.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func setTrustPolicy(_ policy: String, ofRole name: String) async throws(CredentialError) {
        _ = try await api.send(
            "UpdateAssumeRolePolicy",
            of: "role \(name)",
            [("RoleName", name), ("PolicyDocument", policy)]
        )
    }

    /// Adds tags to a role.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func tagRole(_ name: String, _ tags: [String: String]) async throws(CredentialError) {
        _ = try await api.send("TagRole", of: "role \(name)", [("RoleName", name)] + QueryList.tags(tags))
    }

    /// Removes tags from a role.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func untagRole(_ name: String, _ keys: [String]) async throws(CredentialError) {
        let parameters = [(name: "RoleName", value: name)] + QueryList.members("TagKeys", keys)
        _ = try await api.send("UntagRole", of: "role \(name)", parameters)
    }

    /// Returns the account's roles; lists of roles have no tags.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func roles() async throws(CredentialError) -> [IAMRole] {
        var found: [IAMRole] = []
        var marker: String?
        repeat {
            // Trust policies may be long, and what an answer may have is bounded.
            let parameters = [(name: "MaxItems", value: "20")] + (marker.map { [(name: "Marker", value: $0)] } ?? [])
            guard let answer = try await api.send("ListRoles", of: "", parameters) else { throw incomplete("ListRoles") }
            let roles = answer["Roles"]?.children.compactMap { IAMRole($0) } ?? []
            found += roles
            marker = answer.value("IsTruncated") == "true" && !roles.isEmpty ? answer.value("Marker") : nil
        } while marker != nil
        return found
    }

    /// Deletes a role, which must have no policies any more; that there is none is no error.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func deleteRole(_ name: String) async throws(CredentialError) {
        _ = try await unlessMissing { () async throws(CredentialError) -> Void in
            _ = try await api.send("DeleteRole", of: "role \(name)", [("RoleName", name)])
        }
    }
}
