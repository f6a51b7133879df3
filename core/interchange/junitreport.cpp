// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/junitreport.h"

#include <QStringList>
#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString seconds(qint64 us)
{
    return QString::number(double(us) / 1e6, 'f', 6);
}

QString caseName(const AssertionSpec &assertion)
{
    return u"%1 %2 %3"_s.arg(assertion.expression, assertion.op, assertion.value).trimmed();
}

void writeSuiteStart(QXmlStreamWriter &writer, const QString &name, std::size_t tests,
                     std::ptrdiff_t failures, int skipped, qint64 durationUs)
{
    writer.writeStartElement(u"testsuite"_s);
    writer.writeAttribute(u"name"_s, name);
    writer.writeAttribute(u"tests"_s, QString::number(tests));
    writer.writeAttribute(u"failures"_s, QString::number(failures));
    writer.writeAttribute(u"errors"_s, u"0"_s);
    writer.writeAttribute(u"skipped"_s, QString::number(skipped));
    writer.writeAttribute(u"time"_s, seconds(durationUs));
}

void writeCaseStart(QXmlStreamWriter &writer, const QString &suite, const QString &name,
                    qint64 durationUs)
{
    writer.writeStartElement(u"testcase"_s);
    writer.writeAttribute(u"classname"_s, suite);
    writer.writeAttribute(u"name"_s, name);
    writer.writeAttribute(u"time"_s, durationUs > 0 ? seconds(durationUs) : u"0"_s);
}

/** The case that every request has. */
QString sendingName()
{
    return u"gets a reply"_s;
}

} // namespace

JunitReport::JunitReport(const QString &collection, const QStringList &requests,
                         std::vector<SkippedItem> skipped)
    : m_collection(collection), m_skipped(std::move(skipped))
{
    for (const QString &name : requests) {
        m_suites.emplace_back();
        m_suites.back().name = name;
        m_suites.back().sending.name = sendingName();
    }
}

void JunitReport::add(std::size_t request, const QString &error,
                      const std::vector<CheckResult> &checks, qint64 durationUs)
{
    const auto count = [](Case &testCase, bool passed, const QString &message) {
        ++testCase.count;
        if (!passed && testCase.failures++ == 0)
            testCase.message = message;
    };
    Suite &suite = m_suites[request];
    suite.durationUs += durationUs;
    count(suite.sending, error.isEmpty(), error);
    for (const CheckResult &check : checks)
        count(caseOf(suite, check.assertion), check.passed, check.message);
}

QByteArray JunitReport::xml() const
{
    QByteArray text;
    QXmlStreamWriter writer(&text);
    writer.setAutoFormatting(true);
    writer.writeStartDocument();
    writer.writeStartElement(u"testsuites"_s);
    writer.writeAttribute(u"name"_s, m_collection);
    for (const Suite &suite : m_suites)
        writeSuite(writer, suite);
    for (const SkippedItem &item : m_skipped)
        writeSkipped(writer, item);
    writer.writeEndElement();
    writer.writeEndDocument();
    return text;
}

void JunitReport::writeSuite(QXmlStreamWriter &writer, const Suite &suite)
{
    std::vector<const Case *> cases{&suite.sending};
    for (const Case &check : suite.checks)
        cases.push_back(&check);
    const auto failed = std::ranges::count_if(cases, [](const Case *c) { return c->failures > 0; });
    writeSuiteStart(writer, suite.name, cases.size(), failed, 0, suite.durationUs);
    for (const Case *testCase : cases) {
        writeCaseStart(writer, suite.name, testCase->name,
                       testCase == &suite.sending ? suite.durationUs : 0);
        if (testCase->failures > 0) {
            writer.writeStartElement(u"failure"_s);
            writer.writeAttribute(u"message"_s, testCase->message);
            writer.writeCharacters(
                u"failed in %1 of %2 iterations"_s.arg(testCase->failures).arg(testCase->count));
            writer.writeEndElement();
        }
        writer.writeEndElement();
    }
    writer.writeEndElement();
}

void JunitReport::writeSkipped(QXmlStreamWriter &writer, const SkippedItem &item)
{
    writeSuiteStart(writer, item.displayPath, 1, 0, 1, 0);
    writeCaseStart(writer, item.displayPath, sendingName(), 0);
    writer.writeEmptyElement(u"skipped"_s);
    writer.writeAttribute(u"message"_s, item.reason);
    writer.writeEndElement();
    writer.writeEndElement();
}

JunitReport::Case &JunitReport::caseOf(Suite &suite, const AssertionSpec &assertion)
{
    const QString name = caseName(assertion);
    const auto known = std::ranges::find(suite.checks, name, &Case::name);
    if (known != suite.checks.end())
        return *known;
    suite.checks.emplace_back();
    suite.checks.back().name = name;
    return suite.checks.back();
}

} // namespace Sluice
