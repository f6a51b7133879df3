// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/settingspanel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Inherited = -1;

int indexOf(const std::optional<bool> &value)
{
    return value ? (*value ? 1 : 2) : 0;
}

std::optional<bool> valueOf(const QComboBox *box)
{
    return box->currentIndex() == 0 ? std::nullopt : std::optional(box->currentIndex() == 1);
}

} // namespace

SettingsPanel::SettingsPanel(QWidget *parent)
    : RequestPanel(parent), m_redirects(makeSwitch()), m_maxRedirects(new QSpinBox(this)),
      m_timeout(new QSpinBox(this)), m_verifyTls(makeSwitch()), m_encodeUrl(makeSwitch()),
      m_httpVersion(
          makeChoice({tr("Inherited"), tr("Automatic"), tr("HTTP/1.1 only"), tr("HTTP/2")}))
{
    m_maxRedirects->setRange(Inherited, 1000);
    m_timeout->setRange(Inherited, 86'400'000);
    m_timeout->setSuffix(tr(" ms"));
    m_timeout->setSingleStep(1000);
    for (QSpinBox *box : {m_maxRedirects, m_timeout}) {
        box->setSpecialValueText(tr("Inherited"));
        box->setFixedWidth(160);
        connect(box, &QSpinBox::valueChanged, this, [this] {
            if (!m_loading)
                emit edited();
        });
    }
    // Scrolled, where it does not fit: the pane beside it stays as large as it is.
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(area);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(area);
    auto *form = new QFormLayout(page);
    form->setContentsMargins(12, 12, 12, 12);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("&Follow redirects"), m_redirects);
    form->addRow(tr("&Redirects at most"), m_maxRedirects);
    form->addRow(tr("&Timeout"), m_timeout);
    form->addRow(tr("&Verify certificates"), m_verifyTls);
    form->addRow(tr("&Encode the URL"), m_encodeUrl);
    form->addRow(tr("&HTTP version"), m_httpVersion);
    m_httpVersion->setObjectName(u"httpVersion"_s);
    m_httpVersion->setToolTip(
        tr("HTTP/1.1 only: for a server whose HTTP/2 fails. Each request in flight then has a "
           "connection of its own."));
    area->setWidget(page);
    page->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    setFocusProxy(m_redirects);
}

QComboBox *SettingsPanel::makeSwitch()
{
    return makeChoice({tr("Inherited"), tr("Yes"), tr("No")});
}

QComboBox *SettingsPanel::makeChoice(const QStringList &texts)
{
    auto *box = new QComboBox(this);
    box->addItems(texts);
    box->setFixedWidth(160);
    connect(box, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_loading)
            emit edited();
    });
    return box;
}

void SettingsPanel::load(const RequestSpec &spec)
{
    const QScopedValueRollback guard(m_loading, true);
    m_redirects->setCurrentIndex(indexOf(spec.settings.followRedirects));
    m_maxRedirects->setValue(spec.settings.maxRedirects.value_or(Inherited));
    m_timeout->setValue(int(spec.settings.timeoutMs.value_or(Inherited)));
    m_verifyTls->setCurrentIndex(indexOf(spec.settings.verifyTls));
    m_encodeUrl->setCurrentIndex(indexOf(spec.settings.encodeUrl));
    m_httpVersion->setCurrentIndex(spec.settings.httpVersion ? 1 + int(*spec.settings.httpVersion)
                                                             : 0);
}

void SettingsPanel::store(RequestSpec &spec) const
{
    spec.settings.followRedirects = valueOf(m_redirects);
    spec.settings.verifyTls = valueOf(m_verifyTls);
    spec.settings.encodeUrl = valueOf(m_encodeUrl);
    spec.settings.httpVersion = m_httpVersion->currentIndex() == 0
                                    ? std::nullopt
                                    : std::optional(HttpVersion(m_httpVersion->currentIndex() - 1));
    spec.settings.maxRedirects = m_maxRedirects->value() == Inherited
                                     ? std::nullopt
                                     : std::optional(m_maxRedirects->value());
    spec.settings.timeoutMs =
        m_timeout->value() == Inherited ? std::nullopt : std::optional(qint64(m_timeout->value()));
}

DocsPanel::DocsPanel(QWidget *parent) : RequestPanel(parent), m_text(new QPlainTextEdit(this))
{
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setPlaceholderText(tr("Notes on this request, in Markdown"));
    m_text->setAccessibleName(tr("Documentation"));
    m_text->setTabChangesFocus(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_text);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_loading)
            emit edited();
    });
    setFocusProxy(m_text);
}

void DocsPanel::load(const RequestSpec &spec)
{
    const QScopedValueRollback guard(m_loading, true);
    if (m_text->toPlainText() != spec.docs)
        m_text->setPlainText(spec.docs);
}

void DocsPanel::store(RequestSpec &spec) const
{
    spec.docs = m_text->toPlainText();
}

} // namespace Sluice
