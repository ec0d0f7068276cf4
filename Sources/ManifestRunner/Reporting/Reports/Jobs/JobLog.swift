internal import FoundationEssentials

/// The lines by which a CI service folds a part of its log.
enum JobLog: Sendable {
    /// GitHub Actions, and Forgejo and Gitea, which take the same: workflow commands on standard output.
    /// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    case gitHub
    /// GitLab: sections with a name of their own. https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
    case gitLab

    /// Returns the line that a part begins with; `number` tells it from the others.
    func beginning(_ title: String, number: Int, at date: Date) -> String {
        let title = ReportNames.line(title)
        switch self {
        case .gitHub: return "::group::\(WorkflowCommand.data(title))\n"
        case .gitLab: return "\(section("start", number, date))[collapsed=true]\r\u{1B}[0K\(title)\n"
        }
    }

    /// Returns the line that it ends with.
    func end(number: Int, at date: Date) -> String {
        switch self {
        case .gitHub: "::endgroup::\n"
        case .gitLab: "\(section("end", number, date))\r\u{1B}[0K\n"
        }
    }

    /// A name may have letters, digits, dots, dashes and underscores alone, so it has none of the manifest's words.
    private func section(_ what: String, _ number: Int, _ date: Date) -> String {
        "section_\(what):\(Int(date.timeIntervalSince1970)):okteto_run_\(number)"
    }
}
