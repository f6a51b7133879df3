// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice-cli/progressline.h"
#include "app/sluice-cli/runoptions.h"
#include "core/environment/redactor.h"
#include "core/interchange/harfile.h"
#include "core/interchange/junitreport.h"
#include "core/interchange/runreport.h"
#include "core/interchange/samplesfile.h"
#include "core/run/runobserver.h"
#include "core/run/runrecord.h"

#include <QDateTime>
#include <QSaveFile>
#include <QSet>

namespace Sluice {

/**
 * Everything that a run leaves behind: failures on standard error as they happen (each kind of
 * each request once), the samples file, the reports, the summary on standard output. Secrets are
 * redacted in all of it.
 */
class RunOutput final : public RunObserver
{
public:
    /** Both outlive the output. */
    RunOutput(const RunOptions &options, EngineCore &core, ProgressLine &progress);
    ~RunOutput() override;

    /** Opens every file, so that a path that cannot be written is told before anything is sent. */
    Result<> open();
    void begin();
    /** Writes the files and the summary. */
    Result<> finish();

private:
    void requestFinished(const Sample &sample, const RunResult &result) override;
    Result<> openReport(std::unique_ptr<QSaveFile> &file, const QString &path);
    Result<> writeReport(QSaveFile &file, const QByteArray &text);
    RunReport report() const;
    void writeEntry(const Sample &sample, const RunResult &result);
    void tellOnce(const QString &message);
    void printSummary() const;

    const RunOptions &m_options;
    EngineCore &m_core;
    ProgressLine &m_progress;
    std::unique_ptr<SamplesFile> m_samples;
    std::unique_ptr<JunitReport> m_junit;
    std::unique_ptr<RunRecord> m_record;
    std::unique_ptr<QSaveFile> m_report;
    std::unique_ptr<QSaveFile> m_junitFile;
    std::unique_ptr<QSaveFile> m_html;
    std::unique_ptr<QSaveFile> m_harFile;
    HarFile m_har;
    RunDetails m_details;
    Redactor m_redactor;
    QDateTime m_startedAt;
    QSet<QString> m_told;
};

} // namespace Sluice
