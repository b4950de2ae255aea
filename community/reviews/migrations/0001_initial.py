import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import backend.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0005_imported_quantity"),
        ("core", "0002_picture_making"),
        ("membership", "0009_more_tasks"),
        ("orders", "0005_captures_later"),
        ("search", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Aspect",
            fields=[
                ("key", models.SlugField(max_length=20, primary_key=True, serialize=False)),
                ("names", models.JSONField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "key"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.CharField(max_length=1000)),
                ("is_official", models.BooleanField(default=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("PUBLIC", "Open to everybody"),
                            ("PENDING", "Waiting for review"),
                            ("LIMITED", "Not recommended"),
                            ("QUARANTINED", "Hidden until reviewed"),
                            ("REMOVED", "Removed"),
                            ("AUTHOR_DELETED", "Deleted by its author"),
                        ],
                        default="PUBLIC",
                        max_length=16,
                    ),
                ),
                ("helpful_count", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.CharField(max_length=200)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("PUBLIC", "Open to everybody"),
                            ("PENDING", "Waiting for review"),
                            ("LIMITED", "Not recommended"),
                            ("QUARANTINED", "Hidden until reviewed"),
                            ("REMOVED", "Removed"),
                            ("AUTHOR_DELETED", "Deleted by its author"),
                        ],
                        default="PUBLIC",
                        max_length=16,
                    ),
                ),
                ("answers_count", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                (
                    "accepted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.answer",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.product"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.question"
            ),
        ),
        migrations.CreateModel(
            name="QuestionInvite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.question"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField()),
                ("body", models.TextField(blank=True)),
                (
                    "fit",
                    models.CharField(
                        blank=True,
                        choices=[("SMALL", "Runs small"), ("TRUE", "True to size"), ("LARGE", "Runs large")],
                        max_length=5,
                    ),
                ),
                ("option_title", models.JSONField(default=dict)),
                ("is_anonymous", models.BooleanField(default=False)),
                ("has_pictures", models.BooleanField(default=False)),
                ("is_refunded", models.BooleanField(default=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("PUBLIC", "Open to everybody"),
                            ("PENDING", "Waiting for review"),
                            ("LIMITED", "Not recommended"),
                            ("QUARANTINED", "Hidden until reviewed"),
                            ("REMOVED", "Removed"),
                            ("AUTHOR_DELETED", "Deleted by its author"),
                        ],
                        default="PUBLIC",
                        max_length=16,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("weighed_at", models.DateTimeField(blank=True, null=True)),
                ("appended_body", models.TextField(blank=True)),
                ("appended_at", models.DateTimeField(blank=True, null=True)),
                ("helpful_count", models.PositiveIntegerField(default=0)),
                ("usefulness", models.PositiveIntegerField(default=0)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.orderline"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.product"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.variant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.CharField(max_length=1000)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("PUBLIC", "Open to everybody"),
                            ("PENDING", "Waiting for review"),
                            ("LIMITED", "Not recommended"),
                            ("QUARANTINED", "Hidden until reviewed"),
                            ("REMOVED", "Removed"),
                            ("AUTHOR_DELETED", "Deleted by its author"),
                        ],
                        default="PUBLIC",
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HelpfulVote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SAME_TEXT", "Nearly the same text as another person's review"),
                            ("OWN_TEXT", "Nearly the same text as another review of this person"),
                            ("SHARED_LINK", "Shares something with another reviewer of the product"),
                            ("SAME_INVITER", "Several reviewers were brought by the same person"),
                            ("SAME_GROUP", "Several reviewers bought in the same group"),
                            ("REFUNDED", "All pieces went back before the review"),
                            ("BURST", "Many reviews of the product in a short time"),
                            ("CONTACT", "Leads away to a private contact"),
                        ],
                        max_length=12,
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField()),
                ("facts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ["-weight", "kind"],
            },
        ),
        migrations.CreateModel(
            name="ReviewAspect",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("polarity", models.SmallIntegerField()),
                (
                    "aspect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.aspect"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewEdit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField()),
                ("body", models.TextField(blank=True)),
                ("fit", models.CharField(blank=True, max_length=5)),
                ("picture_ids", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewPicture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("FIRST", "The review"), ("APPENDED", "What was added later")], max_length=8
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "picture",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.picture"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ["part", "position"],
            },
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "cause",
                    models.CharField(choices=[("REVIEW", "A review"), ("ANSWER", "An accepted answer")], max_length=6),
                ),
                ("source_id", models.UUIDField()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("day", models.DateField()),
                ("points", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="membership.pointlot"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerVote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.answer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("answer", "user"), name="answer_helpful_once")],
            },
        ),
        migrations.CreateModel(
            name="AspectWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=backend.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("word", models.CharField(max_length=30, unique=True)),
                (
                    "polarity",
                    models.SmallIntegerField(
                        choices=[(-1, "Speaks against it"), (0, "Only names it"), (1, "Speaks for it")]
                    ),
                ),
                (
                    "aspect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.aspect",
                    ),
                ),
            ],
            options={
                "ordering": ["word"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aspect__isnull", False), models.Q(("polarity", 0), _negated=True), _connector="OR"
                        ),
                        name="aspect_word_says_something",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("visibility", "PUBLIC")),
                fields=["product", "-answers_count", "-id"],
                name="question_of_product",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("answers_count", 0), ("visibility", "PUBLIC")),
                fields=["created_at", "id"],
                name="question_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["author", "-created_at"], name="question_of_author"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["question", "-helpful_count", "id"], name="answer_of_question"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["author", "-created_at"], name="answer_of_author"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("visibility", "AUTHOR_DELETED"), _negated=True),
                fields=("question", "author"),
                name="answer_once_per_person",
            ),
        ),
        migrations.AddIndex(
            model_name="questioninvite",
            index=models.Index(fields=["user", "-at"], name="question_invite_of_user"),
        ),
        migrations.AddConstraint(
            model_name="questioninvite",
            constraint=models.UniqueConstraint(fields=("question", "user"), name="question_invite_once"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("visibility", "PUBLIC")),
                fields=["product", "-usefulness", "-id"],
                name="review_useful",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("visibility", "PUBLIC")),
                fields=["product", "-created_at", "-id"],
                name="review_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["author", "-created_at", "-id"], name="review_of_author"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["body"], name="review_alike", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("line",), name="review_once_per_line"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="review_one_to_five_stars"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("appended_at", None), ("appended_at__gte", models.F("created_at")), _connector="OR"
                ),
                name="review_appended_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpfulvote",
            constraint=models.UniqueConstraint(fields=("review", "user"), name="review_helpful_once"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("review", "kind"), name="review_evidence_once"),
        ),
        migrations.AddIndex(
            model_name="reviewaspect",
            index=models.Index(fields=["aspect", "polarity", "review"], name="review_aspect_by_sign"),
        ),
        migrations.AddConstraint(
            model_name="reviewaspect",
            constraint=models.UniqueConstraint(fields=("review", "aspect"), name="review_aspect_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewaspect",
            constraint=models.CheckConstraint(
                condition=models.Q(("polarity__in", [-1, 1])), name="review_aspect_good_or_bad"
            ),
        ),
        migrations.AddIndex(
            model_name="reviewedit",
            index=models.Index(fields=["review", "-at"], name="review_edit_of_review"),
        ),
        migrations.AddConstraint(
            model_name="reviewpicture",
            constraint=models.UniqueConstraint(
                fields=("review", "part", "position"), name="review_picture_one_per_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__lte", 8)), name="review_picture_nine_at_most"
            ),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["user", "day"], name="review_reward_of_day"),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                fields=("cause", "source_id", "number"), name="review_reward_once_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("cause", "source_id"),
                name="review_reward_one_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 1)), name="review_reward_at_least_one"
            ),
        ),
    ]
