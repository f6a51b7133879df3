// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/bodyview.h"

#include "core/http/charset.h"
#include "ui/response/jsonformatter.h"
#include "ui/widgets/findbar.h"
#include "ui/widgets/numbertext.h"
#include "ui/widgets/worker.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

// Formatted in well under a frame, and more than any screen shows.
constexpr qsizetype HeadBytes = 128 * 1024;
constexpr qsizetype HexBytes = 64 * 1024;
// The editor lays out whole lines; one of many megabytes would block the window.
constexpr qsizetype MaxLine = 16 * 1024;

CodeLanguage languageOf(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    if (type.endsWith("json"))
        return CodeLanguage::Json;
    if (type == "text/html")
        return CodeLanguage::Html;
    if (type.endsWith("xml"))
        return CodeLanguage::Xml;
    if (type.endsWith("javascript"))
        return CodeLanguage::JavaScript;
    const QByteArray start = body.left(64).trimmed();
    return start.startsWith('{') || start.startsWith('[') ? CodeLanguage::Json
                                                          : CodeLanguage::Plain;
}

bool isBinary(const QByteArray &body)
{
    return QByteArrayView(body).first(qMin<qsizetype>(body.size(), 8192)).contains('\0');
}

QByteArray hexDump(const QByteArray &body)
{
    QByteArray out;
    for (qsizetype at = 0; at < qMin(body.size(), HexBytes); at += 16) {
        const QByteArray row = body.mid(at, 16);
        QByteArray text = row;
        for (char &c : text)
            c = c >= 0x20 && c < 0x7f ? c : '.';
        out += QByteArray::number(at, 16).rightJustified(8, '0') + "  "
               + row.toHex(' ').leftJustified(47) + "  " + text + '\n';
    }
    return out;
}

struct WrappedText
{
    QByteArray text;
    bool wrapped = false;
};

/** Breaks lines that the editor could not lay out in time, never inside a UTF-8 character. */
WrappedText breakLongLines(const QByteArray &body)
{
    WrappedText result;
    qsizetype from = 0;
    while (from < body.size()) {
        qsizetype end = body.indexOf('\n', from);
        end = end < 0 ? body.size() : end + 1;
        while (end - from > MaxLine) {
            qsizetype cut = from + MaxLine;
            while (cut > from + 1 && (body[cut] & 0xC0) == 0x80)
                --cut;
            result.text.append(QByteArrayView(body).sliced(from, cut - from)).append('\n');
            result.wrapped = true;
            from = cut;
        }
        result.text.append(QByteArrayView(body).sliced(from, end - from));
        from = end;
    }
    return result;
}

} // namespace

BodyView::BodyView(bool pretty, QWidget *parent)
    : QWidget(parent), m_pretty(pretty), m_code(new CodeView(this)), m_note(new QLabel(this)),
      m_find(new FindBar(m_code, this))
{
    m_code->setReadOnly(true);
    m_code->setAccessibleName(pretty ? tr("Response body, laid out") : tr("Response body, raw"));
    m_note->setContentsMargins(12, 4, 12, 4);
    m_note->setWordWrap(true);
    m_note->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_find);
}

void BodyView::find()
{
    m_find->open();
}

void BodyView::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void BodyView::setBody(const QByteArray &body, const QByteArray &contentType)
{
    const quint64 generation = ++m_generation;
    m_formatting = false;
    setNote({});
    const QByteArray charset = foreignCharset(contentType);
    if (charset.isEmpty() || body.size() <= HeadBytes) {
        showBody(toUtf8(body, charset), contentType);
        return;
    }
    m_code->showText({});
    m_formatting = true;
    runInWorker(
        this, [body, charset] { return toUtf8(body, charset); },
        [this, generation, contentType](const QByteArray &text) {
            if (generation == m_generation)
                showBody(text, contentType);
        });
}

void BodyView::showBody(const QByteArray &body, const QByteArray &contentType)
{
    const quint64 generation = m_generation;
    m_formatting = false;
    if (isBinary(body)) {
        m_code->setLanguage(CodeLanguage::Plain);
        m_code->showText(hexDump(body));
        setNote(body.size() > HexBytes ? tr("Binary data, %1; the first %2 as hex.")
                                             .arg(sizeLabel(body.size()), sizeLabel(HexBytes))
                                       : tr("Binary data, as hex."));
        return;
    }
    const CodeLanguage language = languageOf(contentType, body);
    m_code->setLanguage(language);
    if (m_pretty && language == CodeLanguage::Json) {
        showPretty(body);
        return;
    }
    m_code->showText(breakLongLines(body.left(HeadBytes)).text);
    m_formatting = true;
    runInWorker(
        this, [body] { return breakLongLines(body); },
        [this, generation](const WrappedText &result) {
            if (generation != m_generation)
                return;
            m_formatting = false;
            m_code->showText(result.text);
            if (result.wrapped)
                setNote(tr("Lines over %1 are broken for display; the data is unchanged.")
                            .arg(sizeLabel(MaxLine)));
        });
}

void BodyView::showPretty(const QByteArray &body)
{
    const quint64 generation = m_generation;
    const bool small = body.size() <= HeadBytes;
    const FormattedJson head =
        formatJson(QByteArrayView(body).first(qMin(body.size(), HeadBytes)), !small);
    m_code->showText(head.valid ? head.text : breakLongLines(body.left(HeadBytes)).text);
    const auto tellInvalid = [this](qsizetype at) {
        setNote(tr("Not valid JSON (byte %1), shown as it came.").arg(countLabel(at + 1)));
    };
    if (small) {
        if (!head.valid && !body.trimmed().isEmpty())
            tellInvalid(head.errorAt);
        return;
    }
    m_formatting = true;
    runInWorker(
        this,
        [body] {
            FormattedJson all = formatJson(body);
            all.text = breakLongLines(all.valid ? all.text : body).text;
            return all;
        },
        [this, generation, shown = head.text, tellInvalid](const FormattedJson &all) {
            if (generation != m_generation)
                return;
            m_formatting = false;
            // What is on the screen stays where it is.
            if (!shown.isEmpty() && all.text.startsWith(shown))
                m_code->continueText(all.text.sliced(shown.size()));
            else
                m_code->showText(all.text);
            if (!all.valid)
                tellInvalid(all.errorAt);
        });
}

} // namespace Sluice
