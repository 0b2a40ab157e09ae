// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/serving_tab.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <cmath>

#include "estimate/speed.h"
#include "flow_layout.h"
#include "plot/attach.h"
#include "results/memory_plot.h"
#include "session/format.h"
#include "session/session.h"
#include "setup/target_box.h"

namespace octavo::gui {
namespace {

constexpr int usualSequences = 8;

enum CacheType { asExported, sixteenBit, eightBit };

bool hasNarrowCache(const RunRecord& record) {
    return record.recipe.is_object() && record.recipe.value("kv_cache", Json()).is_string();
}

} // namespace

ServingTab::ServingTab(Session& session, Page* page) : m_session(session) {
    build();
    attach(m_plot, page, session.selection());
    retranslate();
    connect(m_context, &QSpinBox::valueChanged, this, [this](int tokens) { m_session.setServingContext(tokens); });
    connect(m_sequences, &QSpinBox::valueChanged, this, &ServingTab::draw);
    for (QComboBox* box : {m_cache, m_cards}) connect(box, &QComboBox::currentIndexChanged, this, &ServingTab::draw);
}

void ServingTab::build() {
    auto* column = new QVBoxLayout(this);
    auto* controls = new FlowLayout(8);
    column->addLayout(controls);
    m_target = new TargetBox(m_session, this);
    m_context = new QSpinBox(this);
    m_context->setRange(16, 1 << 22);
    m_context->setSingleStep(1024);
    m_context->setGroupSeparatorShown(true);
    m_sequences = new QSpinBox(this);
    m_sequences->setRange(1, 4096);
    m_sequences->setValue(usualSequences);
    m_cache = new QComboBox(this);
    m_cards = new QComboBox(this);
    for (const int cards : {1, 2, 4, 8, 16}) m_cards->addItem(QString::number(cards), cards);
    const std::pair<QLabel**, QWidget*> fields[] = {{&m_targetLabel, m_target},
                                                    {&m_contextLabel, m_context},
                                                    {&m_sequencesLabel, m_sequences},
                                                    {&m_cacheLabel, m_cache},
                                                    {&m_cardsLabel, m_cards}};
    for (const auto& [label, field] : fields) {
        *label = new QLabel(this);
        (*label)->setBuddy(field);
        controls->addWidget(*label);
        controls->addWidget(field);
    }
    m_plot = new MemoryPlot;
    m_plot->setObjectName(QStringLiteral("servingMemory"));
    column->addWidget(m_plot, 1);
    m_sentence = new QLabel(this);
    m_warnings = new QLabel(this);
    for (QLabel* label : {m_sentence, m_warnings}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
}

void ServingTab::retranslate() {
    m_targetLabel->setText(tr("&Card"));
    m_contextLabel->setText(tr("C&ontext"));
    m_context->setSuffix(tr(" tokens", "unit after a number"));
    m_sequencesLabel->setText(tr("&Sequences"));
    m_sequences->setToolTip(tr("Requests that are answered at once"));
    m_cacheLabel->setText(tr("&KV cache"));
    m_cardsLabel->setText(tr("Ca&rds"));
    m_cards->setToolTip(tr("Tensor parallelism: the model is split over so many cards; the bars are of each"));
    const int chosen = std::max(m_cache->currentIndex(), 0);
    const QSignalBlocker quiet(m_cache);
    m_cache->clear();
    m_cache->addItem(tr("as exported"), asExported);
    m_cache->addItem(tr("16 bit"), sixteenBit);
    m_cache->addItem(tr("FP8"), eightBit);
    m_cache->setCurrentIndex(chosen);
    m_plot->setTitle(tr("Memory of serving"));
    draw();
}

void ServingTab::refresh() {
    const QSignalBlocker quiet(m_context);
    m_context->setValue(int(m_session.servingContext()));
    readConfig();
    draw();
}

void ServingTab::readConfig() {
    const RunRecord* record = m_session.view().record();
    const QString folder = record ? QString::fromStdString(record->model.path) : QString();
    if (const auto open = m_session.model(); open && open->config) {
        m_config = *open->config;
        m_model.clear();
        return;
    }
    if (folder == m_model && m_config) return;
    m_config.reset();
    m_model = folder;
    if (folder.isEmpty()) return;
    m_session.controller().request<ModelConfig>(
        Lane::desk, QStringLiteral("serving-config"), this,
        [folder](std::stop_token) { return read_model_config(ModelFolder(folder.toStdString())); },
        [this, folder](const ModelConfig& config) {
            if (folder != m_model) return;
            m_config = config;
            draw();
        },
        [](const Problem&) { /* the model is no longer there: the tab says what it needs */ });
}

std::optional<TargetGpu> ServingTab::target() const {
    const auto hardware = m_session.hardware();
    if (const auto gpu = m_session.targetGpu(); gpu || !hardware) return gpu;
    return TargetGpu{hardware->cpu.name, {}, hardware->cpu.memory_bytes, 0, 0};
}

ServingMemory ServingTab::memory(bool after) const {
    const RunRecord& record = *m_session.view().record();
    ServingPlan plan;
    plan.target = *target();
    plan.context = m_session.servingContext();
    plan.sequences = m_sequences->value();
    const int type = m_cache->currentData().toInt();
    plan.kv_bytes_per_element = type == eightBit || (type == asExported && after && hasNarrowCache(record)) ? 1 : 2;
    plan.tensor_parallel = m_cards->currentData().toInt();
    return serving_memory(after ? record.bytes_by_kind_after : record.bytes_by_kind_before, *m_config, plan);
}

void ServingTab::draw() {
    const RunRecord* record = m_session.view().record();
    const auto card = target();
    const bool can = record && m_config && card && card->memory_bytes > 0;
    m_plot->setVisible(can);
    m_warnings->setVisible(false);
    if (!can) {
        m_sentence->setText(!record ? QString()
                            : card && !card->memory_bytes
                                ? tr("The memory of this card is not known: choose another.")
                                : tr("The memory of serving follows from the model's "
                                     "config.json: open the model that the run was made from."));
        return;
    }
    const ServingMemory before = memory(false), after = memory(true);
    m_plot->setServing(before, after, *card, m_session.target() ? gpuLabel(*card) : m_session.targetName());
    m_sentence->setText(sentence(before, after));
    QStringList warnings;
    try {
        const ResolvedRecipe resolved = resolve(recipe_from_json(record->recipe, {}), linear_modules(*m_config));
        for (const Message& one : tensor_parallel_problems(*m_config, resolved, m_cards->currentData().toInt()))
            warnings << translated(one) + QLatin1Char('.');
    } catch (const Error& error) {
        warnings << translated(error.message());
    }
    m_warnings->setText(warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!warnings.isEmpty());
}

QString ServingTab::sentence(const ServingMemory& before, const ServingMemory& after) const {
    const auto count = [](double sequences) {
        return sequences >= 1 ? QLocale().toString(std::floor(sequences), 'f', 0) : tr("none");
    };
    QString out = tr("Sequences of %1 tokens that fit at once: %2 before, %3 after.")
                      .arg(QLocale().toString(qlonglong(m_session.servingContext())), count(before.concurrency),
                           count(after.concurrency));
    if (after.total() > after.limit)
        out += QLatin1Char(' ') +
               tr("What is planned here exceeds the limit by %1.").arg(bytesText(after.total() - after.limit));
    return out + QLatin1Char(' ') + tr("Estimated, good to some 10 % of the card; nothing was run.");
}

} // namespace octavo::gui
